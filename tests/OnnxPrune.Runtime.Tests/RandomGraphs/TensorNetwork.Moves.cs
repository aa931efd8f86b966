using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <content>What moves values to other places.</content>
internal sealed partial class TensorNetwork
{
    private Tensor Turned(Tensor x)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        random.Shuffle(order);
        return Named("Transpose", [x.Name], [.. order.Select(i => x.Dims[i])], Attr.Ints("perm", [0, .. order.Select(i => i + 1L)]));
    }

    private Tensor Merged(Tensor x)
    {
        if (x.Rank < 2) return Parted(x);
        int axis = random.Next(x.Rank - 1);
        return Viewed(x, [.. x.Dims.Take(axis), x.Dims[axis] * x.Dims[axis + 1], .. x.Dims.Skip(axis + 2)]);
    }

    private Tensor Parted(Tensor x)
    {
        int axis = Axis(x);
        long[] divisors = Divisors(x.Dims[axis]);
        if (divisors.Length == 0 || x.Rank > 4) return Merged(x.Rank > 1 ? x : Linear(x, 12));
        long outer = divisors[random.Next(divisors.Length)];
        return Viewed(x, [.. x.Dims.Take(axis), outer, x.Dims[axis] / outer, .. x.Dims.Skip(axis + 1)]);
    }

    // Any other factors of the number of elements.
    private Tensor Refactored(Tensor x)
    {
        var dims = new List<long>();
        long rest = x.Count;
        while (dims.Count < 3 && Divisors(rest) is { Length: > 0 } divisors)
        {
            dims.Add(divisors[random.Next(divisors.Length)]);
            rest /= dims[^1];
        }
        return Viewed(x, [.. dims, rest]);
    }

    private Tensor Viewed(Tensor x, long[] dims) => Named("Reshape", [x.Name, Shape(dims)], dims);

    private static long[] Divisors(long size) =>
        [.. Enumerable.Range(2, (int)Math.Max(0, size - 2)).Select(d => (long)d).Where(d => d < size && size % d == 0)];

    private Tensor CutAndJoined(Tensor x)
    {
        int axis = Axis(x);
        if (x.Dims[axis] < 2) return Unary(x);
        long first = random.NextInt64(1, x.Dims[axis]);
        var parts = graph.Nodes("Split", 2, [x.Name, graph.Ints(first, x.Dims[axis] - first)], Attr.Int("axis", axis + 1));
        if (2 * first == x.Dims[axis] && Coin()) return Named("Mul", parts, With(x.Dims, axis, first));
        string left = graph.Node("Tanh", [parts[0]]);
        return Named("Concat", Coin() ? [left, parts[1]] : [parts[1], left], x.Dims, Attr.Int("axis", axis + 1));
    }

    private Tensor Rolled(Tensor x)
    {
        int axis = Axis(x);
        if (x.Dims[axis] < 2) return Unary(x);
        long by = random.NextInt64(1, x.Dims[axis]);
        string head = Taken(x, axis, 0, by, 1), tail = Taken(x, axis, by, long.MaxValue, 1);
        string rolled = graph.Node("Concat", [tail, head], Attr.Int("axis", axis + 1));
        return Named(Coin() ? "Add" : "Mul", [x.Name, rolled], x.Dims);
    }

    private string Taken(Tensor x, int axis, long start, long end, long step) =>
        graph.Node("Slice", [x.Name, graph.Ints(start), graph.Ints(end), graph.Ints(axis + 1), graph.Ints(step)]);

    private Tensor Sliced(Tensor x)
    {
        int axis = Axis(x);
        long size = x.Dims[axis], step = random.Next(3) == 0 ? 2 : 1;
        long start = random.NextInt64(size), end = random.NextInt64(start + 1, size + 1);
        return new Tensor(
            Taken(x, axis, Coin() ? start : start - size, end == size && Coin() ? long.MaxValue : end, step),
            With(x.Dims, axis, (end - start + step - 1) / step));
    }

    private Tensor Joined(Tensor x)
    {
        int axis = Axis(x);
        var other = earlier.FindLast(e => e.Rank == x.Rank && e.Dims.Where((d, i) => i != axis && d != x.Dims[i]).Any() is false) ?? Unary(x);
        return Named(
            "Concat",
            Coin() ? [x.Name, other.Name] : [other.Name, x.Name],
            With(x.Dims, axis, x.Dims[axis] + other.Dims[axis]),
            Attr.Int("axis", axis + 1));
    }

    private Tensor Reduced(Tensor x)
    {
        int axis = Axis(x);
        string op = random.Next(5) switch { 0 => "ReduceMean", 1 => "ReduceMax", 2 => "ReduceL2", _ => "ReduceSum" };
        string[] inputs = op == "ReduceSum" ? [x.Name, graph.Ints(axis + 1)] : [x.Name];
        bool keep = x.Rank == 1 || Coin();
        string reduced = graph.Node(op, inputs, op == "ReduceSum" ? null : Attr.Ints("axes", axis + 1), Attr.Int("keepdims", keep ? 1 : 0));
        return keep ? Named(Coin() ? "Sub" : "Mul", [x.Name, reduced], x.Dims) : new Tensor(reduced, [.. x.Dims.Where((_, i) => i != axis)]);
    }

    private Tensor Scaled(Tensor x)
    {
        string dims = graph.Node("Shape", [x.Name]);
        string size = graph.Node("Cast", [graph.Node("Gather", [dims, graph.Int(1 + Axis(x))])], Attr.Int("to", 1));
        return Named("Div", [x.Name, Coin() ? size : graph.Node("Sqrt", [size])], x.Dims);
    }

    private Tensor Padded(Tensor x)
    {
        int axis = Axis(x);
        long before = random.Next(3), after = random.Next(3);
        long[] pads = new long[2 * (x.Rank + 1)];
        (pads[axis + 1], pads[axis + 2 + x.Rank]) = (before, after);
        string padded = Coin()
            ? graph.Node("Pad", [x.Name, graph.Ints(pads)])
            : graph.Node("Pad", [x.Name, graph.Ints(pads), graph.Floats(random.Next(2))]);
        return new Tensor(padded, With(x.Dims, axis, x.Dims[axis] + before + after));
    }

    private Tensor Tiled(Tensor x)
    {
        int axis = Axis(x);
        long[] repeats = [1, .. With([.. x.Dims.Select(_ => 1L)], axis, 2)];
        return Named("Tile", [x.Name, graph.Ints(repeats)], With(x.Dims, axis, 2 * x.Dims[axis]));
    }

    private Tensor Expanded(Tensor x)
    {
        int axis = random.Next(x.Rank + 1);
        long times = random.Next(2, 4);
        long[] dims = [.. x.Dims.Take(axis), times, .. x.Dims.Skip(axis)];
        string tall = graph.Node("Unsqueeze", [x.Name, graph.Ints(axis + 1)]);
        string target = Coin() ? graph.Ints([1, .. dims.Select((d, i) => i == axis ? d : 1)]) : graph.Ints([1, .. dims]);
        return Named("Expand", [tall, target], dims);
    }

    // A list of positions, or one, which takes the axis away.
    private Tensor Picked(Tensor x)
    {
        int axis = Axis(x);
        if (x.Rank > 1 && Coin())
            return Named(
                "Gather", [x.Name, graph.Int(random.NextInt64(x.Dims[axis]))], [.. x.Dims.Where((_, i) => i != axis)], Attr.Int("axis", axis + 1));
        long[] positions = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.NextInt64(x.Dims[axis]))];
        return Named("Gather", [x.Name, graph.Ints(positions)], With(x.Dims, axis, positions.Length), Attr.Int("axis", axis + 1));
    }
}
