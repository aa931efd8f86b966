using OnnxPrune.Runtime.Verification;
namespace OnnxPrune.Runtime;

/// <summary>What a verification came to.</summary>
public enum Verdict
{
    /// <summary>The pruned model equals the masked original, and the check could have failed.</summary>
    Verified,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>The check had no power, or could not run: it says nothing.</summary>
    NotVerified,
}

/// <summary>The result of a verification by masked equivalence.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Reason">In a sentence, where it is not verified.</param>
/// <param name="Reference">What the pruned model was compared with, in words.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Precision"><c>model</c>, or <c>float32</c> where the provider cannot run the model's own floating-point types and twins in float32
/// were compared.</param>
/// <param name="AbsoluteTolerance">Relative to the scale of an output.</param>
/// <param name="RelativeTolerance">Relative to an element.</param>
/// <param name="ToleranceFloor">Absolute.</param>
/// <param name="Runs">Every pair of runs that was compared.</param>
public sealed record VerificationReport(
    Verdict Verdict,
    string? Reason,
    string Reference,
    string Provider,
    string Precision,
    double AbsoluteTolerance,
    double RelativeTolerance,
    double ToleranceFloor,
    IReadOnlyList<VerificationRun> Runs)
{
    /// <summary>The nodes that were not executed, because their operators are custom and no library was given.</summary>
    public IReadOnlyList<string> NotExecuted { get; init; } = [];

    /// <summary>The largest error of all runs, in units of the tolerance.</summary>
    public double WorstError => Runs.Count == 0 ? 0 : Runs.Max(r => r.Error);

    /// <summary>The power of the check: the largest difference between original and masked model, in units of the tolerance.</summary>
    public double Power => Runs.Count == 0 ? 0 : Runs.Max(r => r.Power);
}
