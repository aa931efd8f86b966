using System.Globalization;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Cli.Reports;

/// <summary>Prints a <see cref="PruneReport"/> for people.</summary>
internal static class PruneTable
{
    /// <summary>The figures before and after, and what was written.</summary>
    public static void Print(Terminal terminal, PruneReport report)
    {
        var figures = HeadlineFigures.Of(report);
        terminal.Table(["", " before", " after", " remaining"], figures.Select(f => (string[])[f.Name, f.Before!, f.After, f.Change!]));
        if (report.Output is not null) terminal.Line($"{report.Output}: {Verdict(report)}");
        if (report.Verification is { } result && report.Groups.Any(g => !g.Exact && g.Kept < g.Size))
            terminal.Line($"compared with {result.Reference}");
        if (report.Latency is { } latency)
            terminal.Line($"latency on {latency.Provider}, threads {latency.Threads}: {Figures.Latency(latency.Ratio!)}");
        if (report.Calibration is { } data) terminal.Line(Learned(data, report.Recovery));
        if (report.Plan is not null && report.Command != "apply") terminal.Line($"{report.Plan}: {Groups(report)}");
        foreach (string note in report.Notes) terminal.Line($"note: {note}");
    }

    private static string Verdict(PruneReport report) =>
        report.Verification is { } result ? Figures.Verdict(result) : "not verified, as --no-verify asks";

    private static string Learned(PlannedCalibration data, RecoveryReport? recovery)
    {
        string samples = string.Create(
            CultureInfo.InvariantCulture,
            $"calibrated on {data.Samples:N0} {(data.Source == CalibrationSet.SyntheticSource ? "synthetic samples" : $"samples of {data.Source}")}");
        if (recovery is null) return samples;
        if (recovery.Methods == "none")
            return string.Create(
                CultureInfo.InvariantCulture, $"{samples}: output error {recovery.ErrorBefore:0.####}, and no recovery makes it smaller");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{samples}: output error {recovery.ErrorBefore:0.####}, recovered by {recovery.Methods} to {recovery.ErrorAfter:0.####}");
    }

    private static string Groups(PruneReport report)
    {
        int losing = report.Groups.Count(g => g.Kept < g.Size);
        return $"{losing} of {report.Groups.Count} groups lose channels, {report.After.Channels} of {report.Before.Channels} channels stay";
    }
}
