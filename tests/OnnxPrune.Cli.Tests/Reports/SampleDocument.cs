using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Reports;

/// <summary>A document with every kind of block and cell, of any size and with any names.</summary>
internal static class SampleDocument
{
    /// <summary>The document of a model whose layers and groups are all named so.</summary>
    public static Document Of(string name, int layers, int groups) => new(
        "prune",
        name,
        $"What became of {name}.",
        new Finding(Outcome.Passed, "Verified", $"on {name}"),
        [
            new Figure("MACs", "40 M", "20 M", "50.0%", 0.5),
            new Figure("accuracy", "91.00%", "90.00%", "-1.00 points"),
            new Figure("latency", null, "3 ms"),
        ],
        [
            new Section("Layers", [Profile(name, layers), Layers(name, layers)], layers),
            new Section("Groups", [Groups(name, groups)], groups),
            new Section("Curves", [new Block.Plots("error", [.. Numbered(groups).Select(i => ($"{name} {i}", name, Curve(i)))], 12)]),
            new Section("Prose", [new Block.Paragraph(name), new Block.Bullets([name, name])]),
            new Section("Facts", [new Block.Facts([(name, name), ("b", new Cell.Names([name, name]))])]),
            new Section("Graph", [Graph(name, layers)]),
            new Section("Plan", [new Block.Attachment("plan.json", "application/json", name)]),
        ],
        "tool");

    private static Block.Profile Profile(string name, int count) => new(name, [.. Numbered(count).Select(i => (name, (double)i, i / 2.0))]);

    private static Block.Graph Graph(string name, int count) => new(
        name, [.. Numbered(count).Select(i => (name, name, i % 3 == 0 ? null : (int?)i))], [.. Numbered(count - 1).Select(i => (i / 2, i))]);

    private static Block.Table Layers(string name, int count) => new(
        ["layer", "operator", "before and after", " MACs", " remain", " parameters"],
        [.. Numbered(count).Select(i => new Cell[]
        {
            new Cell.Name(name), name, new Cell.Bar(1, i / (double)count), new Cell.Change("40 M", "20 M"), "50.0%", new Cell.Change("2 K", "1 K"),
        })],
        40);

    private static Block.Table Groups(string name, int count) => new(
        ["group", "kind", "what stays", " channels", "importance"],
        [.. Numbered(count).Select(i => new Cell[]
        {
            new Cell.Names([name, name]), name, new Cell.ChannelMap(Mask(i)), new Cell.Change("512", "256"), new Cell.Spark(Curve(i)),
        })],
        40);

    private static IEnumerable<int> Numbered(int count) => Enumerable.Range(1, Math.Max(0, count));

    // Masks without long runs take the most characters.
    private static bool[] Mask(int seed)
    {
        var random = new SplitMix64((ulong)seed);
        return [.. Enumerable.Range(0, 512).Select(_ => random.Next() < 0.5)];
    }

    private static Curve Curve(int seed)
    {
        double[] x = [.. Enumerable.Range(0, 33).Select(i => i / 33.0)];
        return new Curve(x, [.. x.Select((share, i) => i == 32 ? double.NaN : seed * share * share)], 0.4);
    }
}
