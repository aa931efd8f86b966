using System.Globalization;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Cli.Reports;

/// <summary>Prints a <see cref="PruneReport"/> on the terminal.</summary>
internal static class PruneTable
{
    /// <summary>Prints the figures before and after pruning, the verdict and the notes.</summary>
    public static void Print(Terminal terminal, PruneReport report)
    {
        var figures = HeadlineFigures.Of(report);
        terminal.Table(["", " before", " after", " remaining"], figures.Select(f => (string[])[f.Name, f.Before!, f.After, f.Change!]));
        if (UncountedReport.Line(report.NotCounted) is { } line) terminal.Line(line);
        if (report.Output is not null) terminal.Line($"{report.Output}: {Verdict(report)}");
        if (report.Verification is { } result)
        {
            if (report.Groups.Any(g => !g.Exact && g.Kept < g.Size)) terminal.Line($"compared with {result.Reference}");
            terminal.Detail(Figures.Details(result));
        }
        if (report.OutputChange is { } change) terminal.Line($"{change}");
        if (report.Latency is { } latency)
            terminal.Line($"latency on {LatencySection.WhereOf(latency)}: {Figures.Latency(latency.Ratio!)}");
        if (report.Calibration is { } data) terminal.Line(Calibration(data, report.Recovery));
        if (report.Plan is not null && report.Command != "apply") terminal.Line($"{report.Plan}: {Groups(report)}");
        foreach (string note in report.Notes) terminal.Line($"note: {note}");
    }

    private static string Verdict(PruneReport report) =>
        report.Verification is { } result ? Figures.Verdict(result) : "not verified, because --no-verify was given";

    private static string Calibration(PlannedCalibration data, RecoveryReport? recovery)
    {
        string samples = string.Create(
            CultureInfo.InvariantCulture,
            $"calibrated on {data.Samples:N0} {(data.Source == CalibrationSet.SyntheticSource ? "synthetic samples" : $"samples of {data.Source}")}");
        if (recovery is null) return samples;
        string error = string.Create(CultureInfo.InvariantCulture, $"{samples}: relative output error {recovery.ErrorBefore:0.####} after pruning");
        return recovery.Methods == "none"
            ? error + "; no recovery method reduced it"
            : string.Create(CultureInfo.InvariantCulture, $"{error}, {recovery.ErrorAfter:0.####} after recovery ({recovery.Methods})");
    }

    private static string Groups(PruneReport report)
    {
        int losing = report.Groups.Count(g => g.Kept < g.Size);
        return $"{losing} of {report.Groups.Count} groups lose channels, {report.After.Channels} of {report.Before.Channels} channels are kept";
    }
}
