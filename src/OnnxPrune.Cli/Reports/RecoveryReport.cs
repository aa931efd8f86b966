using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Cli.Reports;

/// <summary>The effect of recovery, measured on held-out calibration data.</summary>
/// <param name="Methods">The applied methods, or <c>none</c> if no method reduced the error.</param>
/// <param name="ErrorBefore">The relative squared error of the outputs before recovery: 0 is equal to the original, 1 as bad as its mean.</param>
/// <param name="ErrorAfter">The error after recovery.</param>
internal sealed record RecoveryReport(string Methods, double ErrorBefore, double ErrorAfter)
{
    /// <summary>The report of a recovery; null without recovery.</summary>
    public static RecoveryReport? Of(RecoveryResult? result) =>
        result is null ? null : new RecoveryReport(RecoveryMethodNames.Format(result.Methods), result.ErrorBefore, result.ErrorAfter);
}
