using OnnxPrune.Model;
using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>
/// A random convolutional network of 4 to 14 blocks: convolutions plain, grouped and depthwise, normalisation, activations, residual
/// and concatenated branches, splits, slices and pads of channels, shuffles, gates, pooling, resizing and a head.
/// </summary>
internal sealed class ImageNetwork
{
    private const long Opset = 17;
    private readonly Random random;
    private readonly GraphBuilder graph;
    private readonly List<Feature> earlier = [];

    private ImageNetwork(int seed)
    {
        random = new Random(seed);
        graph = new GraphBuilder(random);
    }

    private sealed record Feature(string Name, long Channels, long Size);

    /// <summary>The network of a seed.</summary>
    public static OnnxModel Create(int seed) => new ImageNetwork(seed).Build();

    private OnnxModel Build()
    {
        var x = Conv(new Feature(graph.Input("image", -1, 3, 12, 12), 3, 12), Channels());
        int blocks = random.Next(4, 15);
        for (int i = 0; i < blocks; i++)
        {
            earlier.Add(x);
            x = Block(x);
            if (x.Channels > 40) x = Conv(x, Channels());
        }
        Head(x);
        return graph.Finish(Opset);
    }

    private Feature Block(Feature x) => random.Next(22) switch
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
        _ => Viewed(x),
    };

    private long Channels() => 2 * random.Next(2, 9);

    private bool Coin() => random.Next(2) == 0;

    private Feature Conv(Feature x, long channels)
    {
        long kernel = Coin() ? 1 : 3;
        string[] inputs = [x.Name, graph.Weight(channels, x.Channels, kernel, kernel), .. Coin() ? [graph.Vector(channels, -0.5, 0.5)] : Array.Empty<string>()];
        return new Feature(graph.Node("Conv", inputs, kernel == 3 ? Attr.Ints("pads", 1, 1, 1, 1) : null), channels, x.Size);
    }

    private Feature GroupedConv(Feature x)
    {
        long groups = Divisor(x.Channels);
        long channels = groups * random.Next(1, 5);
        string[] inputs = [x.Name, graph.Weight(channels, x.Channels / groups, 3, 3), .. Coin() ? [graph.Vector(channels, -0.5, 0.5)] : Array.Empty<string>()];
        return new Feature(graph.Node("Conv", inputs, Attr.Int("group", groups), Attr.Ints("pads", 1, 1, 1, 1)), channels, x.Size);
    }

    private Feature Depthwise(Feature x)
    {
        long multiplier = random.Next(1, 3);
        string w = graph.Weight(x.Channels * multiplier, 1, 3, 3);
        return new Feature(graph.Node("Conv", [x.Name, w], Attr.Int("group", x.Channels), Attr.Ints("pads", 1, 1, 1, 1)), x.Channels * multiplier, x.Size);
    }

    private Feature Normalised(Feature x) => x with
    {
        Name = Coin()
            ? graph.Node("BatchNormalization", [x.Name, graph.Vector(x.Channels, 0.5, 1.5), graph.Vector(x.Channels, -0.5, 0.5), graph.Vector(x.Channels, -0.5, 0.5), graph.Vector(x.Channels, 0.5, 1.5)])
            : graph.Node("InstanceNormalization", [x.Name, graph.Vector(x.Channels, 0.5, 1.5), graph.Vector(x.Channels, -0.5, 0.5)]),
    };

    private Feature Activated(Feature x) => x with
    {
        Name = random.Next(6) switch
        {
            0 => graph.Node("Sigmoid", [x.Name]),
            1 => graph.Node("Mul", [x.Name, graph.Node("HardSigmoid", [x.Name])]),
            2 => graph.Node("PRelu", [x.Name, graph.Table(x.Channels, 1, 1)]),
            3 => graph.Node("Clip", [x.Name, graph.Floats(0), graph.Floats(6)]),
            4 => graph.Node("LeakyRelu", [x.Name]),
            _ => graph.Node("Relu", [x.Name]),
        },
    };

    private Feature Residual(Feature x)
    {
        var inner = Conv(Activated(Normalised(Conv(x, Channels()))), x.Channels);
        return x with { Name = graph.Node("Add", [x.Name, inner.Name]) };
    }

    private Feature AddEarlier(Feature x)
    {
        var other = earlier[random.Next(earlier.Count)];
        if (other.Size != x.Size) return Residual(x);
        string padded = other.Channels == x.Channels ? other.Name : other.Channels < x.Channels ? Widened(other, x.Channels).Name : Conv(other, x.Channels).Name;
        return x with { Name = graph.Node(Coin() ? "Add" : Coin() ? "Sub" : "Mul", [x.Name, padded]) };
    }

    private Feature Widened(Feature x, long channels)
    {
        long before = random.NextInt64(channels - x.Channels + 1);
        return x with { Name = graph.Node("Pad", [x.Name, graph.Ints(0, before, 0, 0, 0, channels - x.Channels - before, 0, 0)]), Channels = channels };
    }

    private Feature Padded(Feature x) => Widened(x, x.Channels + random.Next(1, 5));

    private Feature Concat(Feature x)
    {
        var parts = new List<Feature> { x };
        for (int i = random.Next(1, 3); i > 0; i--) parts.Add(Coin() ? Conv(x, Channels()) : earlier.FindLast(e => e.Size == x.Size) ?? x);
        Feature[] order = [.. parts];
        random.Shuffle(order);
        return new Feature(graph.Node("Concat", order.Select(p => p.Name), Attr.Int("axis", 1)), order.Sum(p => p.Channels), x.Size);
    }

    private Feature SplitAndMerge(Feature x)
    {
        long first = random.NextInt64(1, x.Channels);
        bool halves = x.Channels % 2 == 0 && Coin();
        var parts = halves
            ? graph.Nodes("Split", 2, [x.Name], Attr.Int("axis", 1))
            : graph.Nodes("Split", 2, [x.Name, graph.Ints(first, x.Channels - first)], Attr.Int("axis", 1));
        if (halves && Coin()) return x with { Name = graph.Node("Mul", [parts[0], graph.Node("Sigmoid", [parts[1]])]), Channels = x.Channels / 2 };
        var left = new Feature(parts[0], halves ? x.Channels / 2 : first, x.Size);
        var done = Coin() ? Conv(left, left.Channels) : Activated(left);
        return x with { Name = graph.Node("Concat", Coin() ? [done.Name, parts[1]] : [parts[1], done.Name], Attr.Int("axis", 1)) };
    }

    private Feature Sliced(Feature x)
    {
        long start = random.NextInt64(x.Channels - 1), end = random.NextInt64(start + 1, x.Channels + 1);
        if (end - start < 2) return Activated(x);
        long named = end == x.Channels && Coin() ? long.MaxValue : Coin() && end < x.Channels ? end - x.Channels : end;
        return x with { Name = graph.Node("Slice", [x.Name, graph.Ints(start), graph.Ints(named), graph.Ints(1)]), Channels = end - start };
    }

    // Channel shuffle; its shapes are constants, or computed from the batch.
    private Feature Shuffled(Feature x)
    {
        long groups = Divisor(x.Channels);
        string there = Coin()
            ? graph.Ints(0, groups, x.Channels / groups, x.Size, x.Size)
            : graph.Node("Concat", [Dimension(x.Name, 0), graph.Ints(groups, x.Channels / groups, x.Size, x.Size)], Attr.Int("axis", 0));
        string nested = graph.Node("Transpose", [graph.Node("Reshape", [x.Name, there])], Attr.Ints("perm", 0, 2, 1, 3, 4));
        string back = Coin() ? graph.Ints(0, x.Channels, x.Size, x.Size) : Coin() ? graph.Ints(0, -1, x.Size, x.Size) : graph.Node("Shape", [x.Name]);
        return x with { Name = graph.Node("Reshape", [nested, back]) };
    }

    private string Dimension(string value, int axis) =>
        Coin()
            ? graph.Node("Gather", [graph.Node("Shape", [value]), graph.Ints(axis)])
            : graph.Node("Unsqueeze", [graph.Node("Gather", [graph.Node("Shape", [value]), graph.Int(axis)]), graph.Ints(0)]);

    private Feature Gated(Feature x)
    {
        long hidden = Math.Max(2, x.Channels / 2);
        string pooled = Coin() ? graph.Node("GlobalAveragePool", [x.Name]) : graph.Node("ReduceMean", [x.Name], Attr.Ints("axes", 2, 3));
        string squeezed = graph.Node("Relu", [graph.Node("Conv", [pooled, graph.Weight(hidden, x.Channels, 1, 1)])]);
        string gate = graph.Node("Sigmoid", [graph.Node("Conv", [squeezed, graph.Weight(x.Channels, hidden, 1, 1), graph.Vector(x.Channels, -0.5, 0.5)])]);
        return x with { Name = graph.Node("Mul", Coin() ? [x.Name, gate] : [gate, x.Name]) };
    }

    private Feature Pooled(Feature x)
    {
        if (x.Size < 6 || x.Size % 2 != 0) return x with { Name = graph.Node("MaxPool", [x.Name], Attr.Ints("kernel_shape", 3, 3), Attr.Ints("pads", 1, 1, 1, 1)) };
        return x with { Name = graph.Node(Coin() ? "MaxPool" : "AveragePool", [x.Name], Attr.Ints("kernel_shape", 2, 2), Attr.Ints("strides", 2, 2)), Size = x.Size / 2 };
    }

    private Feature Resized(Feature x)
    {
        if (x.Size > 12) return Pooled(x);
        var mode = Attr.Text("mode", Coin() ? "nearest" : "linear");
        string name = random.Next(3) switch
        {
            0 => graph.Node("Resize", [x.Name, "", graph.FloatList(1, 1, 2, 2)], mode),
            1 => graph.Node("Resize", [x.Name, "", "", graph.Node("Concat", [graph.Node("Slice", [graph.Node("Shape", [x.Name]), graph.Ints(0), graph.Ints(2)]), graph.Ints(2 * x.Size, 2 * x.Size)], Attr.Int("axis", 0))], mode),
            _ => graph.Node("Resize", [x.Name, "", "", graph.Node("Concat", [Dimension(x.Name, 0), graph.Ints(x.Channels, 2 * x.Size, 2 * x.Size)], Attr.Int("axis", 0))], mode),
        };
        return x with { Name = name, Size = 2 * x.Size };
    }

    private Feature PixelShuffled(Feature x)
    {
        if (x.Channels % 4 != 0 || x.Channels < 8 || x.Size > 12) return Activated(x);
        return new Feature(graph.Node("DepthToSpace", [x.Name], Attr.Int("blocksize", 2), Attr.Text("mode", Coin() ? "DCR" : "CRD")), x.Channels / 4, 2 * x.Size);
    }

    private Feature SpaceToDepth(Feature x) => x.Size % 2 != 0 || x.Size < 6 || x.Channels > 12
        ? Activated(x)
        : new Feature(graph.Node("SpaceToDepth", [x.Name], Attr.Int("blocksize", 2)), 4 * x.Channels, x.Size / 2);

    private Feature Transposed(Feature x)
    {
        if (x.Size > 12) return Pooled(x);
        long groups = Coin() ? 1 : Divisor(x.Channels), channels = groups * random.Next(1, 5);
        string w = graph.Weight(x.Channels, channels / groups, 2, 2);
        return new Feature(graph.Node("ConvTranspose", Coin() ? [x.Name, w] : [x.Name, w, graph.Vector(channels, -0.5, 0.5)], Attr.Ints("strides", 2, 2), Attr.Int("group", groups)), channels, 2 * x.Size);
    }

    private Feature ChannelsLast(Feature x)
    {
        long channels = Channels();
        string last = graph.Node("Transpose", [x.Name], Attr.Ints("perm", 0, 2, 3, 1));
        if (Coin()) last = graph.Node("LayerNormalization", [last, graph.Vector(x.Channels, 0.5, 1.5), graph.Vector(x.Channels, -0.5, 0.5)], Attr.Int("axis", -1));
        string mixed = graph.Node("Add", [graph.Node("MatMul", [last, graph.Weight(x.Channels, channels)]), graph.Vector(channels, -0.5, 0.5)]);
        return x with { Name = graph.Node("Transpose", [graph.Node("Tanh", [mixed])], Attr.Ints("perm", 0, 3, 1, 2)), Channels = channels };
    }

    private Feature Scaled(Feature x) => random.Next(4) switch
    {
        0 => x with { Name = graph.Node("Mul", [x.Name, graph.Table(x.Channels, 1, 1)]) },
        1 => x with { Name = graph.Node("Add", [graph.Table(1, x.Channels, 1, 1), x.Name]) },
        2 => x with { Name = graph.Node("Div", [x.Name, graph.Node("Exp", [graph.Table(x.Channels, 1, 1)])]) },
        _ => x with { Name = graph.Node("Mul", [x.Name, graph.Floats(0.5)]) },
    };

    // To another view and back: rows of pixels, with the shape from the tensor itself.
    private Feature Viewed(Feature x)
    {
        string flat = graph.Node("Reshape", [x.Name, Coin() ? graph.Ints(0, x.Channels, -1) : graph.Ints(0, 0, x.Size * x.Size)]);
        string turned = graph.Node("Relu", [graph.Node("Transpose", [flat], Attr.Ints("perm", 0, 2, 1))]);
        string back = graph.Node("Transpose", [turned], Attr.Ints("perm", 0, 2, 1));
        return x with { Name = graph.Node("Reshape", [back, Coin() ? graph.Node("Shape", [x.Name]) : graph.Ints(-1, x.Channels, x.Size, x.Size)]) };
    }

    private void Head(Feature x)
    {
        string features;
        long size = x.Channels;
        switch (random.Next(5))
        {
            case 0:
                graph.Output(Conv(x, 3).Name);
                return;
            case 1:
                features = graph.Node("Flatten", [graph.Node("GlobalAveragePool", [x.Name])]);
                break;
            case 2:
                features = graph.Node("Squeeze", [graph.Node("GlobalAveragePool", [x.Name]), graph.Ints(2, 3)]);
                break;
            case 3:
                features = graph.Node("Reshape", [x.Name, graph.Node("Concat", [Dimension(x.Name, 0), graph.Ints(-1)], Attr.Int("axis", 0))]);
                size *= x.Size * x.Size;
                break;
            default:
                features = graph.Node("Flatten", [x.Name]);
                size *= x.Size * x.Size;
                break;
        }
        long hidden = Channels();
        string inner = graph.Node("Relu", [graph.Node("Gemm", [features, graph.Weight(hidden, size), graph.Vector(hidden, -0.5, 0.5)], Attr.Int("transB", 1))]);
        graph.Output(graph.Node("Gemm", [inner, graph.Weight(hidden, 5), graph.Vector(5, -0.5, 0.5)]));
    }

    private long Divisor(long channels)
    {
        if (channels == 1) return 1;
        long[] divisors = [.. Enumerable.Range(2, (int)channels - 1).Select(d => (long)d).Where(d => channels % d == 0)];
        return divisors[random.Next(divisors.Length)];
    }
}
