using OnnxPrune.Runtime.Verification;
namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// One comparison on the same inputs: masked original against pruned model, or the original against itself with its channels reordered.
/// </summary>
/// <param name="Weights"><c>original</c>, <c>random</c> for the re-randomised twin, or <c>reordered</c> for that with its channels in another
/// order.</param>
/// <param name="Inputs">The shapes of the inputs, by name.</param>
/// <param name="Output">The output with the largest error.</param>
/// <param name="LargestDifference">The largest |a - b| over all outputs.</param>
/// <param name="Error">The largest error in units of the tolerance: at most 1 passes.</param>
/// <param name="Power">The difference between original and masked model, or that of a wrong order, in units of the tolerance.</param>
public sealed record VerificationRun(
    string Weights, IReadOnlyDictionary<string, long[]> Inputs, string Output, double LargestDifference, double Error, double Power);
