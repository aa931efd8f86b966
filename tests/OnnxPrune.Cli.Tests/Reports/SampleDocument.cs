using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>A document with every kind of block and cell, of any size and with any names.</summary>
internal static class SampleDocument
{
    /// <summary>The document of a model with many rows that are named so.</summary>
    public static Document Of(string name, int rows) => new(
        "prune",
        name,
        $"What became of {name}.",
        new Verdict(Outcome.Passed, "Verified", $"on {name}"),
        [new Figure("MACs", "40 M", "20 M", "50.0%", 0.5), new Figure("accuracy", "91.00%", "90.00%", "-1.00 points"), new Figure("latency", null, "3 ms")],
        [
            new Section("Rows", [new Block.Profile(name, [.. Numbered(rows).Select(i => (name, (double)i, i / 2.0))]), TableOf(name, rows)], rows),
            new Section("Curves", [new Block.Plots("error", [.. Numbered(rows).Select(i => ($"{name} {i}", name, Curve(i)))], 12)]),
            new Section("Others", [new Block.Paragraph(name), new Block.Bullets([name, name]), new Block.Facts([(name, name), ("b", new Cell.Names([name, name]))])]),
            new Section("Graph", [new Block.Graph(name, [.. Numbered(rows).Select(i => (name, name, i % 3 == 0 ? null : (int?)i))], [.. Numbered(rows - 1).Select(i => (i / 2, i))])]),
            new Section("Plan", [new Block.Attachment("plan.json", "application/json", name)]),
        ],
        "tool");

    private static Block.Table TableOf(string name, int rows) => new(
        ["row", "text", "bar", "map", " change", "curve"],
        [.. Numbered(rows).Select(i => new Cell[] { new Cell.Name(name), name, new Cell.Bar(1, i / (double)rows), new Cell.ChannelMap(Mask(i)), new Cell.Change("40 M", "20 M"), new Cell.Spark(Curve(i)) })],
        40);

    private static IEnumerable<int> Numbered(int count) => Enumerable.Range(1, Math.Max(0, count));

    // Every other channel is the longest to describe.
    private static bool[] Mask(int seed) => [.. Enumerable.Range(0, 512).Select(i => (i + seed) % 2 == 0)];

    private static Curve Curve(int seed)
    {
        double[] x = [.. Enumerable.Range(0, 33).Select(i => i / 33.0)];
        return new Curve(x, [.. x.Select((share, i) => i == 32 ? double.NaN : seed * share * share)], 0.4);
    }
}
