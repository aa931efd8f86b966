using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// A random convolutional network of 3 to 10 blocks over signals, images or volumes: layers of every kind, branches that are added,
/// multiplied or concatenated, channels that are cut, padded, repeated, shuffled or viewed in other shapes, and a head.
/// </summary>
internal sealed partial class ImageNetwork
{
    private const long Opset = 17;
    private readonly Random random;
    private readonly GraphBuilder graph;
    private readonly List<Feature> earlier = [];
    private readonly int space;

    private ImageNetwork(int seed)
    {
        random = new Random(seed);
        graph = new GraphBuilder(random);
        space = random.Next(6) switch { 0 => 1, 1 => 3, _ => 2 };
    }

    /// <summary>A value of [N, channels, size, …] with as many axes of that size as the network's space has.</summary>
    private sealed record Feature(string Name, long Channels, long Size);

    /// <summary>The network of a seed.</summary>
    public static OnnxModel Create(int seed) => new ImageNetwork(seed).Build();

    private OnnxModel Build()
    {
        long size = space == 3 ? 4 : 8;
        var x = Conv(new Feature(graph.Input("image", [-1, .. Shape(3, size)]), 3, size), Channels());
        int blocks = random.Next(3, 11);
        for (int i = 0; i < blocks; i++)
        {
            earlier.Add(x);
            x = Block(x);
            if (x.Channels > 32) x = Conv(x, Channels());
            if (x.Size > 16) x = Pooled(x);
        }
        Head(x);
        return graph.Finish(Opset);
    }

    private Feature Block(Feature x) => random.Next(34) switch
    {
        0 or 1 => Activated(Normalised(Conv(x, Channels()))),
        2 => Residual(x),
        3 => GroupedConv(x),
        4 => Depthwise(x),
        5 => Concat(x),
        6 => SplitAndMerge(x),
        7 => Sliced(x),
        8 => Padded(x),
        9 => Shuffled(x),
        10 => Gated(x),
        11 => Pooled(x),
        12 => Resized(x),
        13 => PixelShuffled(x),
        14 => Transposed(x),
        15 => AddEarlier(x),
        16 => ChannelsLast(x),
        17 => Normalised(x),
        18 => Activated(x),
        19 => Scaled(x),
        20 => SpaceToDepth(x),
        21 => Focused(x),
        22 => Strided(x),
        23 => Repeated(x),
        24 => Reordered(x),
        25 => Branched(x),
        26 => DenseBlock(x),
        27 => NormalisedInGroups(x),
        28 => Attended(x),
        29 => Unfolded(x),
        30 => Chosen(x),
        31 => Statistics(x),
        32 => Mixed(x),
        _ => Viewed(x),
    };

    private long Channels() => 2 * random.Next(2, 7);

    private bool Coin() => random.Next(2) == 0;

    private long[] Spatial(long each) => [.. Enumerable.Repeat(each, space)];

    private long[] Shape(long channels, long size) => [channels, .. Spatial(size)];

    private long Pixels(long size) => Spatial(size).Aggregate(1L, (n, d) => n * d);

    private long Divisor(long channels)
    {
        if (channels == 1) return 1;
        long[] divisors = [.. Enumerable.Range(2, (int)channels - 1).Select(d => (long)d).Where(d => channels % d == 0)];
        return divisors[random.Next(divisors.Length)];
    }

    private string Dimension(string value, int axis) =>
        Coin()
            ? graph.Node("Gather", [graph.Node("Shape", [value]), graph.Ints(axis)])
            : graph.Node("Unsqueeze", [graph.Node("Gather", [graph.Node("Shape", [value]), graph.Int(axis)]), graph.Ints(0)]);
}
