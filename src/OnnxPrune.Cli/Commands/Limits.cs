using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Evaluation;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Cli.Commands;

/// <summary>Rejects results that exceed a limit of <see cref="LimitOptions"/>. Each limit is checked as soon as its figure is known.</summary>
internal sealed class Limits(Invocation run) : IResultLimits
{
    private const string LowerOrRaise = "lower --budget or raise the limit";

    /// <summary>Checks --max-macs.</summary>
    /// <exception cref="OnnxPruneException">OP4010.</exception>
    public void CheckMacs(PlanTotals totals)
    {
        if (run.Value(LimitOptions.MaxMacs) is not { } most || totals.After.Macs <= most.Of(totals.Before.Macs)) return;
        throw Beyond(
            ErrorCodes.TooManyMacs,
            $"{Figures.Whole(totals.After.Macs)} of {Figures.Whole(totals.Before.Macs)} MACs remain, which exceeds --max-macs {most.Text}; "
            + LowerOrRaise);
    }

    /// <summary>Checks --max-bytes.</summary>
    /// <exception cref="OnnxPruneException">OP4011.</exception>
    public void CheckBytes(long before, long after)
    {
        if (run.Value(LimitOptions.MaxBytes) is not { } most || after <= most.Of(before)) return;
        throw Beyond(
            ErrorCodes.TooManyBytes,
            $"the result has {Figures.Whole(after)} of {Figures.Whole(before)} bytes, which exceeds --max-bytes {most.Text}; {LowerOrRaise}");
    }

    /// <summary>Checks --max-drop.</summary>
    /// <exception cref="OnnxPruneException">OP4012.</exception>
    public void CheckAccuracy(Accuracy? before, Accuracy? after)
    {
        if (run.Value(LimitOptions.MaxDrop) is not { } most || before is null || after is null) return;
        if (CorrectLost(before, after) * 100.0 <= most * before.Samples) return;
        throw Beyond(
            ErrorCodes.TooMuchAccuracyLost,
            $"accuracy drops from {Figures.Accuracy(before.Top1)} to {Figures.Accuracy(after.Top1)}, "
            + FormattableString.Invariant($"more than --max-drop {most} allows; ")
            + "raise --budget, add --calibration, or raise the limit");
    }

    /// <summary>Checks the proof by execution.</summary>
    /// <exception cref="OnnxPruneException">OP5001 or OP5002.</exception>
    public void CheckVerified(VerificationReport report)
    {
        if (report.Verdict == Verdict.Verified) return;
        throw report.Verdict == Verdict.NotVerified
            ? new OnnxPruneException(
                ErrorCodes.NotVerified, $"not verified: {report.Reason}; nothing was written; --no-verify writes the model without verification")
            : new OnnxPruneException(
                ErrorCodes.VerificationFailed,
                $"verification failed: {report.Reason}; {Figures.Of(VerificationResult.Of(report))}; nothing was written; "
                    + "please report this with the model");
    }

    /// <summary>Checks --min-speedup.</summary>
    /// <exception cref="OnnxPruneException">OP4013.</exception>
    public void CheckSpeed(LatencyComparison? measured)
    {
        if (run.Value(LimitOptions.MinSpeedup) is not { } least || measured?.Ratio is not { } ratio || ratio.Speedup >= least) return;
        throw Beyond(
            ErrorCodes.TooSlow,
            FormattableString.Invariant($"the measured speedup is {ratio.Speedup:0.00} ")
                + FormattableString.Invariant($"({1 / ratio.High:0.00} to {1 / ratio.Low:0.00}), ")
                + FormattableString.Invariant($"below --min-speedup {least}; ")
                + "lower --budget, try --round-to 8 or 16, or lower the limit");
    }

    // Counted in whole samples, so that a drop of exactly the limit passes.
    private static double CorrectLost(Accuracy before, Accuracy after) => Math.Round((before.Top1 - after.Top1) * before.Samples);

    private static OnnxPruneException Beyond(string code, string message) => new(code, message + "; nothing was written");
}
