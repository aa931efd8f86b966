using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Cli.Reports;

/// <summary>What recovery was worth, on calibration data that it was not fitted to.</summary>
/// <param name="Methods">What was applied: <c>none</c> where nothing came nearer to the original, else a list.</param>
/// <param name="ErrorBefore">Relative squared error of the outputs before: 0 is equal to the original, 1 as bad as its mean.</param>
/// <param name="ErrorAfter">The same after.</param>
internal sealed record RecoveryReport(string Methods, double ErrorBefore, double ErrorAfter)
{
    /// <summary>The report of a recovery; null where there was none.</summary>
    public static RecoveryReport? Of(RecoveryResult? result) =>
        result is null ? null : new RecoveryReport(RecoveryMethodNames.Format(result.Methods), result.ErrorBefore, result.ErrorAfter);
}
