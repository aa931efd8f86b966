using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>bench</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The first model.</param>
/// <param name="Other">The second model; null if there is none.</param>
/// <param name="Latency">One measurement per batch size.</param>
internal sealed record BenchReport(string Command, string Model, string? Other, IReadOnlyList<LatencyComparison> Latency) : ModelReport(Command, Model)
{
    /// <summary>Prints the report on the terminal.</summary>
    public void Print(Terminal terminal)
    {
        terminal.Table(["model", "inputs", " least", " median", " p10", " p90", " mad", " runs"], Latency.SelectMany(Rows));
        foreach (var latency in Latency.Where(l => l.Ratio is not null))
            terminal.Line($"{Other}{(Latency.Count > 1 ? $" on {LatencySection.ShapesOf(latency)}" : "")}: {Figures.Latency(latency.Ratio!)}");
        terminal.Line($"milliseconds on {LatencySection.WhereOf(Latency[0])}");
    }

    /// <inheritdoc/>
    public override Document ToDocument()
    {
        string first = Path.GetFileName(Model);
        string? second = Path.GetFileName(Other);
        string where = $"on {LatencySection.WhereOf(Latency[0])}";
        var figures = Latency.Select(l => LatencySection.FigureOf(Latency.Count == 1 ? "latency" : LatencySection.ShapesOf(l), l));
        string lead = second is null ? $"Timed {where}." : $"Compared with {second}, run alternately, {where}.";
        return new Document(Command, first, lead, null, [.. figures], [LatencySection.Of(first, second, Latency)], Tool);
    }

    private IEnumerable<IReadOnlyList<string>> Rows(LatencyComparison latency)
    {
        yield return Row(Model, latency, latency.Original);
        if (latency.Other is { } other) yield return Row(Other!, latency, other);
    }

    private static string[] Row(string name, LatencyComparison latency, LatencyStatistics times) =>
    [
        Path.GetFileName(name),
        LatencySection.ShapesOf(latency),
        Figures.Milliseconds(times.Least),
        Figures.Milliseconds(times.Median),
        Figures.Milliseconds(times.P10),
        Figures.Milliseconds(times.P90),
        Figures.Milliseconds(times.Mad),
        Figures.Whole(times.Runs),
    ];
}
