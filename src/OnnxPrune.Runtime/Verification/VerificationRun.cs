using OnnxPrune.Runtime.Verification;
namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// One comparison on the same inputs: the masked original and the pruned model, or the original and the original with reordered channels.
/// </summary>
/// <param name="Weights"><c>original</c>; <c>random</c> for the twin with random weights; or <c>reordered</c> for the twin with random weights and
/// channels in another order.</param>
/// <param name="Inputs">The shapes of the inputs, by name.</param>
/// <param name="Output">The output with the largest error.</param>
/// <param name="LargestDifference">The largest |a - b| over all outputs.</param>
/// <param name="Error">The largest error in units of the tolerance; the run passes if it is at most 1.</param>
/// <param name="Power">The difference between original and masked model, or the effect of a wrong order, in units of the tolerance.</param>
public sealed record VerificationRun(
    string Weights, IReadOnlyDictionary<string, long[]> Inputs, string Output, double LargestDifference, double Error, double Power);
