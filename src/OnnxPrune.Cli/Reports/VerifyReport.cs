using System.Text.Json;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>verify</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The original.</param>
/// <param name="Output">The pruned model.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Verification">The result.</param>
internal sealed record VerifyReport(string Command, string Model, string Output, string Plan, VerificationResult Verification)
    : ModelReport(Command, Model)
{
    /// <inheritdoc/>
    public override Document ToDocument() => new(
        Command,
        Path.GetFileName(Output),
        $"Compared by execution with {Path.GetFileName(Model)} under the plan {Path.GetFileName(Plan)}.",
        VerificationSection.VerdictOf(Verification),
        [],
        [VerificationSection.Of(Verification)],
        Tool);
}

/// <summary>A verification by masked equivalence; errors and power are in units of the tolerance.</summary>
/// <param name="Verdict"><c>verified</c>, <c>failed</c> or <c>notVerified</c>.</param>
/// <param name="Reason">Why the model is not verified; null if it is.</param>
/// <param name="Reference">The reference that the pruned model was compared with, in words.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Precision"><c>model</c>, or <c>float32</c> if the provider cannot run the model's own types.</param>
/// <param name="WorstError">The largest error of all runs; at most 1 passes.</param>
/// <param name="Power">The largest change that zeroing the removed channels makes.</param>
/// <param name="Tolerance">The largest difference between outputs that count as equal.</param>
/// <param name="Runs">All comparisons.</param>
/// <param name="Effort"><c>quick</c> or <c>full</c>.</param>
/// <param name="NotExecuted">The nodes that were not executed, because their operators are custom and no library was given.</param>
internal sealed record VerificationResult(
    string Verdict,
    string? Reason,
    string Reference,
    string Provider,
    string Precision,
    double WorstError,
    double Power,
    ToleranceReport Tolerance,
    IReadOnlyList<VerificationRun> Runs,
    string Effort,
    IReadOnlyList<string> NotExecuted)
{
    /// <summary>The report of a verification.</summary>
    public static VerificationResult Of(VerificationReport report) => new(
        JsonNamingPolicy.CamelCase.ConvertName(report.Verdict.ToString()),
        report.Reason,
        report.Reference,
        report.Provider,
        report.Precision,
        report.WorstError,
        report.Power,
        new ToleranceReport(report.AbsoluteTolerance, report.RelativeTolerance, report.ToleranceFloor),
        report.Runs,
        JsonNamingPolicy.CamelCase.ConvertName(report.Effort.ToString()),
        report.NotExecuted);
}

/// <summary>|a - b| ≤ floor + absolute·scale + relative·|b|, where scale is the largest magnitude in b.</summary>
/// <param name="Absolute">The factor of the output's scale.</param>
/// <param name="Relative">The factor of the element.</param>
/// <param name="Floor">The absolute part.</param>
internal sealed record ToleranceReport(double Absolute, double Relative, double Floor);
