using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <content>Branches and channels: added, concatenated, cut, padded, repeated, reordered.</content>
internal sealed partial class ImageNetwork
{
    private Feature Residual(Feature x)
    {
        var inner = Conv(Activated(Normalised(Conv(x, Channels()))), x.Channels);
        string added = Coin() ? inner.Name : graph.Node("Mul", [graph.Table(Shape(x.Channels, 1)), inner.Name]);
        return x with { Name = graph.Node("Add", [x.Name, added]) };
    }

    private Feature AddEarlier(Feature x)
    {
        var other = earlier[random.Next(earlier.Count)];
        if (other.Size != x.Size) return Residual(x);
        string padded = other.Channels == x.Channels
            ? other.Name
            : other.Channels < x.Channels
            ? Widened(other, x.Channels).Name
            : Conv(other, x.Channels).Name;
        return x with { Name = graph.Node(random.Next(6) switch { 0 or 1 => "Add", 2 => "Sub", 3 => "Max", 4 => "Mean", _ => "Mul" }, [x.Name, padded]) };
    }

    private Feature Widened(Feature x, long channels)
    {
        long before = random.NextInt64(channels - x.Channels + 1);
        return x with { Name = graph.Node("Pad", [x.Name, graph.Ints([0, before, .. Spatial(0), 0, channels - x.Channels - before, .. Spatial(0)])]), Channels = channels };
    }

    private Feature Padded(Feature x) => random.Next(3) == 0
        ? Pooled(
            new Feature(
                graph.Node("Pad", [x.Name, graph.Ints([0, 0, .. Spatial(1), 0, 0, .. Spatial(1)])], Attr.Text("mode", Coin() ? "reflect" : "edge")),
                x.Channels,
                x.Size + 2))
        : Widened(x, x.Channels + random.Next(1, 5));

    private Feature Concat(Feature x)
    {
        var parts = new List<Feature> { x };
        for (int i = random.Next(1, 3); i > 0; i--) parts.Add(Coin() ? Conv(x, Channels()) : earlier.FindLast(e => e.Size == x.Size) ?? x);
        return Concat([.. parts]);
    }

    private Feature Concat(Feature[] parts)
    {
        random.Shuffle(parts);
        return new Feature(graph.Node("Concat", parts.Select(p => p.Name), Attr.Int("axis", 1)), parts.Sum(p => p.Channels), parts[0].Size);
    }

    private Feature DenseBlock(Feature x)
    {
        List<Feature> all = [x];
        for (int i = random.Next(2, 4); i > 0; i--) all.Add(Conv(Activated(Concat([.. all])), random.Next(2, 4)));
        return Concat([.. all]);
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

    // Every k-th channel, or two such phases multiplied.
    private Feature Strided(Feature x)
    {
        long step = Divisor(x.Channels);
        if (x.Channels / step < 2) step = 2;
        string Phase(long start) =>
            graph.Node("Slice", [x.Name, graph.Ints(start), graph.Ints(Coin() ? long.MaxValue : x.Channels), graph.Ints(1), graph.Ints(step)]);
        bool whole = x.Channels % step == 0;
        string name = whole && Coin() ? graph.Node("Mul", [Phase(0), Phase(step - 1)]) : Phase(0);
        return x with { Name = name, Channels = (x.Channels + step - 1) / step };
    }

    private Feature Repeated(Feature x)
    {
        if (x.Channels > 12) return Scaled(x);
        long times = random.Next(2, 4);
        if (Coin()) return x with { Name = graph.Node("Tile", [x.Name, graph.Ints([1, times, .. Spatial(1)])]), Channels = x.Channels * times };
        string wide = graph.Node("Expand", [graph.Node("Unsqueeze", [x.Name, graph.Ints(2)]), graph.Ints([1, 1, times, .. Spatial(1)])]);
        return x with { Name = graph.Node("Reshape", [wide, graph.Ints([0, -1, .. Spatial(x.Size)])]), Channels = x.Channels * times };
    }

    // Named one by one: a permutation, a choice, or backward.
    private Feature Reordered(Feature x)
    {
        if (random.Next(4) == 0)
            return x with { Name = graph.Node("Slice", [x.Name, graph.Ints(-1), graph.Ints(long.MinValue), graph.Ints(1), graph.Ints(-1)]) };
        long[] order = [.. Enumerable.Range(0, (int)x.Channels)];
        random.Shuffle(order);
        if (Coin()) order = order[..(order.Length / 2)];
        return x with { Name = graph.Node("Gather", [x.Name, graph.Ints(order)], Attr.Int("axis", 1)), Channels = order.Length };
    }

    // Channel shuffle; its shapes are constants, or computed from the batch.
    private Feature Shuffled(Feature x)
    {
        long groups = Divisor(x.Channels);
        long[] apart = [groups, x.Channels / groups, .. Spatial(x.Size)];
        string there = Coin() ? graph.Ints([0, .. apart]) : graph.Node("Concat", [Dimension(x.Name, 0), graph.Ints(apart)], Attr.Int("axis", 0));
        string nested = graph.Node(
            "Transpose", [graph.Node("Reshape", [x.Name, there])], Attr.Ints("perm", [0, 2, 1, .. Enumerable.Range(3, space)]));
        string back = Coin()
            ? graph.Ints([0, .. Shape(x.Channels, x.Size)])
            : Coin()
            ? graph.Ints([0, -1, .. Spatial(x.Size)])
            : graph.Node("Shape", [x.Name]);
        return x with { Name = graph.Node("Reshape", [nested, back]) };
    }

    private Feature Scaled(Feature x) => random.Next(5) switch
    {
        0 => x with { Name = graph.Node("Mul", [x.Name, graph.Table(Shape(x.Channels, 1))]) },
        1 => x with { Name = graph.Node("Add", [graph.Table([1, .. Shape(x.Channels, 1)]), x.Name]) },
        2 => x with { Name = graph.Node("Div", [x.Name, graph.Node("Exp", [graph.Table(Shape(x.Channels, 1))])]) },
        3 => x with { Name = graph.Node("Sub", [graph.Table(Shape(x.Channels, x.Size)), x.Name]) },
        _ => x with { Name = graph.Node("Mul", [x.Name, graph.Floats(0.5)]) },
    };
}
