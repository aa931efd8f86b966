using System.Text.Json;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Cli.Reports;

/// <summary>What <c>verify</c> reports.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Model">The original.</param>
/// <param name="Output">The pruned model.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Verification">What came of it.</param>
internal sealed record VerifyReport(string Command, string Model, string Output, string Plan, VerificationResult Verification)
    : ModelReport(Command, Model)
{
    /// <inheritdoc/>
    public override Document ToDocument() => new(
        Command,
        Path.GetFileName(Output),
        $"Checked by execution against {Path.GetFileName(Model)} and the plan {Path.GetFileName(Plan)}.",
        VerificationSection.VerdictOf(Verification),
        [],
        [VerificationSection.Of(Verification)],
        Tool);
}

/// <summary>A verification by masked equivalence; errors and power are in units of the tolerance.</summary>
/// <param name="Verdict"><c>verified</c>, <c>failed</c> or <c>notVerified</c>.</param>
/// <param name="Reason">Why it is not verified; else null.</param>
/// <param name="Reference">What the pruned model was compared with, in words.</param>
/// <param name="Provider">Where the models ran.</param>
/// <param name="Precision"><c>model</c>, or <c>float32</c> where the provider cannot run the model's own types.</param>
/// <param name="WorstError">The largest error of all runs; at most 1 passes.</param>
/// <param name="Power">The largest difference that the removed channels make.</param>
/// <param name="Tolerance">When two outputs count as equal.</param>
/// <param name="Runs">Every comparison.</param>
internal sealed record VerificationResult(
    string Verdict,
    string? Reason,
    string Reference,
    string Provider,
    string Precision,
    double WorstError,
    double Power,
    ToleranceReport Tolerance,
    IReadOnlyList<VerificationRun> Runs)
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
        report.Runs);
}

/// <summary>|a - b| ≤ floor + absolute·scale + relative·|b|, where scale is the largest magnitude in b.</summary>
/// <param name="Absolute">Relative to the output's scale.</param>
/// <param name="Relative">Relative to the element.</param>
/// <param name="Floor">Absolute.</param>
internal sealed record ToleranceReport(double Absolute, double Relative, double Floor);
