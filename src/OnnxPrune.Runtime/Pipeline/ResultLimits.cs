using OnnxPrune.Diagnostics;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Evaluation;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime;

/// <summary>What a result must keep; each check throws where the result does not.</summary>
internal interface IResultLimits
{
    /// <summary>Checks what the cut leaves.</summary>
    void CheckMacs(PlanTotals totals);

    /// <summary>Checks the proof by execution.</summary>
    void CheckVerified(VerificationReport report);

    /// <summary>Checks the accuracy, where it was measured.</summary>
    void CheckAccuracy(Accuracy? before, Accuracy? after);

    /// <summary>Checks the speed, where it was measured.</summary>
    void CheckSpeed(LatencyComparison? latency);
}

/// <summary>The limits of a run without any: the result must be verified.</summary>
internal sealed class MustBeVerified : IResultLimits
{
    /// <inheritdoc/>
    public void CheckMacs(PlanTotals totals)
    {
    }

    /// <inheritdoc/>
    public void CheckVerified(VerificationReport report)
    {
        if (report.Verdict == Verdict.Verified) return;
        throw report.Verdict == Verdict.NotVerified
            ? new OnnxPruneException(ErrorCodes.NotVerified, $"not verified: {report.Reason}; nothing was written")
            : new OnnxPruneException(
                ErrorCodes.VerificationFailed, $"verification failed: {report.Reason}; nothing was written, please report this with the model");
    }

    /// <inheritdoc/>
    public void CheckAccuracy(Accuracy? before, Accuracy? after)
    {
    }

    /// <inheritdoc/>
    public void CheckSpeed(LatencyComparison? latency)
    {
    }
}
