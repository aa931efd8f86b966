using OnnxPrune.Runtime.Verification;
namespace OnnxPrune.Runtime;

/// <summary>The outcome of a verification.</summary>
public enum Verdict
{
    /// <summary>The outputs of the pruned model and the masked original are equal, and the check would have detected a wrong cut.</summary>
    Verified,

    /// <summary>The outputs differ.</summary>
    Failed,

    /// <summary>The check had no power, or could not run: the result is unknown.</summary>
    NotVerified,
}

/// <summary>The result of a verification by masked equivalence.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Reason">The reason if the model is not verified, in a sentence; otherwise null.</param>
/// <param name="Reference">A description of the model that the pruned model was compared with.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Precision"><c>model</c>, or <c>float32</c> if the provider cannot run the floating-point types of the model, so that float32 twins
/// were compared.</param>
/// <param name="AbsoluteTolerance">The tolerance relative to the scale of an output.</param>
/// <param name="RelativeTolerance">The tolerance relative to an element.</param>
/// <param name="ToleranceFloor">The absolute tolerance.</param>
/// <param name="Runs">Every compared pair of runs.</param>
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
    /// <summary><see cref="VerificationEffort.Quick"/> or <see cref="VerificationEffort.Full"/>.</summary>
    public VerificationEffort Effort { get; init; } = VerificationEffort.Full;

    /// <summary>The nodes that did not run, because their operators are custom and no library was given.</summary>
    public IReadOnlyList<string> NotExecuted { get; init; } = [];

    /// <summary>The largest error of all runs, in units of the tolerance.</summary>
    public double WorstError => Runs.Count == 0 ? 0 : Runs.Max(r => r.Error);

    /// <summary>The power of the check: the largest difference between original and masked model, in units of the tolerance.</summary>
    public double Power => Runs.Count == 0 ? 0 : Runs.Max(r => r.Power);
}
