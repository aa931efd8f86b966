using System.Globalization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Reports;

/// <summary>The part of a document that reports latency.</summary>
internal static class LatencySection
{
    /// <summary>The median times of a measurement.</summary>
    public static Figure FigureOf(string name, LatencyComparison latency)
    {
        string original = $"{Figures.Milliseconds(latency.Original.Median)} ms";
        return latency is { Other: { } other, Ratio: { } ratio }
            ? new Figure(name, original, $"{Figures.Milliseconds(other.Median)} ms", Figures.Percent(ratio.Median), ratio.Median, "of the time")
            : new Figure(name, null, original);
    }

    /// <summary>The section with all measurements.</summary>
    /// <param name="model">The name of the first model.</param>
    /// <param name="other">The name of the second model; null if there is none.</param>
    /// <param name="measured">The measurements, one per batch size.</param>
    public static Section Of(string model, string? other, IReadOnlyList<LatencyComparison> measured)
    {
        double most = measured.Max(l => Math.Max(l.Original.P90, l.Other?.P90 ?? 0));
        var rows = measured.SelectMany(l =>
            new[] { l.Other is { } second ? Row(other!, l, second, most) : null }.OfType<Cell[]>().Prepend(Row(model, l, l.Original, most)));
        var ratios = measured.Where(l => l.Ratio is not null).Select(l => $"{ShapesOf(l)}: {Figures.Latency(l.Ratio!)}").ToList();
        var blocks = new List<Block>
        {
            new Block.Paragraph("Milliseconds. A bar ends at the 90th percentile; its dark part ends at the median."),
            new Block.Table(["model", "inputs", "median and 90th percentile", " median", " p10", " p90", " mad", " runs"], [.. rows], int.MaxValue),
        };
        if (ratios.Count > 0) blocks.Add(new Block.Bullets(ratios));
        return new Section("Latency", blocks);
    }

    /// <summary>Where a measurement ran: <c>cpu, 1 thread</c>.</summary>
    public static string WhereOf(LatencyComparison latency) =>
        string.Create(CultureInfo.InvariantCulture, $"{latency.Provider}, {latency.Threads} {(latency.Threads == 1 ? "thread" : "threads")}");

    /// <summary>The shapes of the inputs of a measurement.</summary>
    public static string ShapesOf(LatencyComparison latency) => string.Join(", ", latency.Inputs.Values.Select(dims => string.Join('x', dims)));

    private static Cell[] Row(string name, LatencyComparison latency, LatencyStatistics times, double most) =>
    [
        new Cell.Name(name), ShapesOf(latency), new Cell.Bar(times.P90 / most, times.Median / most),
        Figures.Milliseconds(times.Median), Figures.Milliseconds(times.P10),
        Figures.Milliseconds(times.P90), Figures.Milliseconds(times.Mad), Figures.Whole(times.Runs),
    ];
}
