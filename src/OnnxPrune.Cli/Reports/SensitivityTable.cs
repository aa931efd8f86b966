using System.Globalization;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Cli.Reports;

/// <summary>Writes a <see cref="SensitivityReport"/> as a table on the terminal or as comma-separated values.</summary>
internal static class SensitivityTable
{
    private const int Steps = 12;
    private const string Ramp = " .:-=+*#%@", Blocks = " ▁▂▃▄▅▆▇█";

    /// <summary>Prints one row per group, the most sensitive first, with its curve as a line of characters.</summary>
    public static void Print(Terminal terminal, SensitivityReport report)
    {
        string levels = terminal.IsPlain ? Ramp : Blocks;
        terminal.Table(
            ["group", "kind", " channels", " 25%", " 50%", " 75%", "curve"],
            report.MostSensitiveFirst().Select(g => Row(g, levels)));
        var data = report.Curves.Calibration;
        terminal.Line(
            "relative squared error of the outputs after removing a share of the channels (0: equal to the original; 1: as bad as its mean); "
            + $"criterion {report.Curves.Criterion}, {data.Samples} samples ({data.Source})");
        foreach (string note in report.Notes) terminal.Line($"note: {note}");
    }

    /// <summary>One line per group and number of removed channels.</summary>
    public static string Csv(SensitivityReport report)
    {
        var lines = from g in report.Curves.Groups
                    from k in Enumerable.Range(0, g.Error.Count)
                    select CsvText.Line(g.Id, g.Kind, Text(g.Size), Text(k), Text(g.Error[k]));
        return string.Concat(lines.Prepend(CsvText.Line("group", "kind", "channels", "removed", "error")));
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(SensitivityCurve g, string levels) =>
    [
        g.Id,
        g.Kind,
        Figures.Whole(g.Size),
        Figures.OutputError(g.At(0.25)),
        Figures.OutputError(g.At(0.5)),
        Figures.OutputError(g.At(0.75)),
        $"|{Curve(g, levels)}|",
    ];

    // The root of the squared error, from 0 to 1, at equidistant shares.
    private static string Curve(SensitivityCurve curve, string levels) => string.Concat(Enumerable.Range(1, Steps)
        .Select(step => levels[(int)Math.Ceiling(Math.Sqrt(Math.Min(1, curve.At(step / (Steps + 1.0)))) * (levels.Length - 1))]));
}
