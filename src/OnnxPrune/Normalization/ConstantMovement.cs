using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>Operators that only move the elements of constants, or change their type or shape.</summary>
internal static class ConstantMovement
{
    private static readonly Dictionary<string, Func<ConstantOperands, ConstantValue, IReadOnlyList<ConstantValue>?>> All = new(StringComparer.Ordinal)
    {
        ["Cast"] = (node, x) => One(Cast(x, (ElementType)node.Int("to", 0))),
        ["Concat"] = (node, x) => One(Concat(node, x)),
        ["Expand"] = (node, x) => One(Expand(node, x)),
        ["Flatten"] = (node, x) => One(Flatten(node, x)),
        ["Gather"] = (node, x) => One(Gather(node, x)),
        ["Identity"] = (_, x) => [x],
        ["Reshape"] = (node, x) => One(Reshape(node, x)),
        ["Shape"] = (node, x) => node.Ints("start") is null ? One(Shape(node, x)) : null,
        ["Slice"] = (node, x) => One(Slice(node, x)),
        ["Split"] = Split,
        ["Squeeze"] = (node, x) => One(Squeeze(node, x)),
        ["Transpose"] = (node, x) => One(Transpose(node, x)),
        ["Unsqueeze"] = (node, x) => One(Unsqueeze(node, x)),
    };

    /// <summary>True for an operator of this class.</summary>
    public static bool Has(string opType) => All.ContainsKey(opType);

    /// <summary>The results by output; null where the operands are not what this class can move.</summary>
    public static IReadOnlyList<ConstantValue>? Evaluate(ConstantOperands node) => node[0] is { } x ? All[node.OpType](node, x) : null;

    private static IReadOnlyList<ConstantValue>? One(ConstantValue? value) => value is null ? null : [value];

    private static int? Axis(long axis, int rank) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis) : null;

    private static ConstantValue? Cast(ConstantValue x, ElementType type) => ElementTypes.IsFloat(type) ? ConstantValue.Rounded(type, x.Dims, [.. x.Numbers]) : null;

    private static ConstantValue? Resized(ConstantValue x, long[] dims) =>
        dims.All(d => d >= 0) && ConstantValue.Count(dims) == x.Numbers.Length ? x with { Dims = dims } : null;

    private static ConstantValue? Reshape(ConstantOperands node, ConstantValue x)
    {
        if (node[1]?.ToIntegers() is not { } wanted) return null;
        bool copies = node.Int("allowzero", 0) == 0;
        for (int i = 0; i < wanted.Length; i++) if (wanted[i] == 0 && copies && i < x.Dims.Length) wanted[i] = x.Dims[i];
        long known = wanted.Where(d => d != -1).Aggregate(1L, (n, d) => n * d);
        if (known > 0) for (int i = 0; i < wanted.Length; i++) if (wanted[i] == -1) wanted[i] = x.Numbers.Length / known;
        return Resized(x, wanted);
    }

    private static ConstantValue? Flatten(ConstantOperands node, ConstantValue x)
    {
        long axis = node.Int("axis", 1);
        int at = (int)(axis < 0 ? axis + x.Dims.Length : axis);
        return at < 0 || at > x.Dims.Length ? null : Resized(x, [ConstantValue.Count(x.Dims[..at]), ConstantValue.Count(x.Dims[at..])]);
    }

    private static ConstantValue? Squeeze(ConstantOperands node, ConstantValue x)
    {
        if (node.Has(1) && node[1] is null) return null;
        var axes = node.IntsOrInput("axes", 1)?.Select(a => Axis(a, x.Dims.Length)).ToList();
        return Resized(x, [.. x.Dims.Where((d, i) => axes is null ? d != 1 : !axes.Contains(i))]);
    }

    private static ConstantValue? Unsqueeze(ConstantOperands node, ConstantValue x)
    {
        if (node.IntsOrInput("axes", 1) is not { } axes) return null;
        int rank = x.Dims.Length + axes.Length;
        var added = axes.Select(a => Axis(a, rank)).ToHashSet();
        if (added.Contains(null) || added.Count != axes.Length) return null;
        var rest = new Queue<long>(x.Dims);
        return Resized(x, [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : rest.Dequeue())]);
    }

    private static ConstantValue? Transpose(ConstantOperands node, ConstantValue x)
    {
        long[] order = node.Ints("perm") ?? [.. Enumerable.Range(0, x.Dims.Length).Reverse().Select(i => (long)i)];
        if (order.Length != x.Dims.Length || order.Order().Where((a, i) => a != i).Any()) return null;
        return x.Pick([.. order.Select(a => x.Dims[a])], Strides.Transposed(x.Dims, order).At);
    }

    private static ConstantValue? Expand(ConstantOperands node, ConstantValue x)
    {
        if (node[1]?.ToIntegers() is not { } wanted || Strides.Broadcast(x.Dims, wanted) is not { } dims) return null;
        return node.Holds(dims) ? x.Pick(dims, new Strides(dims, x.Dims).At) : null;
    }

    private static ConstantValue? Shape(ConstantOperands node, ConstantValue x) =>
        node.Int("end", x.Dims.Length) == x.Dims.Length ? new(ElementType.Int64, [x.Dims.Length], Array.ConvertAll(x.Dims, d => (double)d)) : null;

    private static ConstantValue? Concat(ConstantOperands node, ConstantValue x)
    {
        if (Axis(node.Int("axis", 0), x.Dims.Length) is not { } axis) return null;
        var parts = Enumerable.Range(0, node.Count).Select(i => node[i]).ToList();
        if (parts.Exists(p => p is null || p.Type != x.Type || p.Dims.Length != x.Dims.Length)) return null;
        if (parts.Exists(p => p!.Dims.Where((d, i) => i != axis && d != x.Dims[i]).Any())) return null;
        long outer = ConstantValue.Count(x.Dims[..axis]), inner = ConstantValue.Count(x.Dims[(axis + 1)..]);
        var numbers = new List<double>();
        for (long o = 0; o < outer; o++)
            foreach (var part in parts) numbers.AddRange(part!.Numbers.AsSpan((int)(o * part.Dims[axis] * inner), (int)(part.Dims[axis] * inner)));
        return new(x.Type, [.. x.Dims[..axis], parts.Sum(p => p!.Dims[axis]), .. x.Dims[(axis + 1)..]], [.. numbers]);
    }

    private static ConstantValue? Gather(ConstantOperands node, ConstantValue x)
    {
        if (Axis(node.Int("axis", 0), x.Dims.Length) is not { } axis || node[1] is not { } at) return null;
        long[] indices = [.. at.ToIntegers().Select(i => i < 0 ? i + x.Dims[axis] : i)];
        if (indices.Any(i => i < 0 || i >= x.Dims[axis])) return null;
        long[] dims = [.. x.Dims[..axis], .. at.Dims, .. x.Dims[(axis + 1)..]];
        return node.Holds(dims) ? Taken(x, axis, indices) with { Dims = dims } : null;
    }

    private static ConstantValue Taken(ConstantValue x, int axis, long[] indices)
    {
        long inner = ConstantValue.Count(x.Dims[(axis + 1)..]), size = x.Dims[axis];
        return x.Pick([.. x.Dims[..axis], indices.Length, .. x.Dims[(axis + 1)..]], i =>
        {
            long row = i / inner;
            return ((((row / indices.Length) * size) + indices[row % indices.Length]) * inner) + (i % inner);
        });
    }

    private static ConstantValue? Slice(ConstantOperands node, ConstantValue x)
    {
        long[]? starts = node.IntsOrInput("starts", 1), ends = node.IntsOrInput("ends", 2);
        if (starts is null || ends is null || (node.Has(3) && node[3] is null) || (node.Has(4) && node[4] is null)) return null;
        long[] axes = node.IntsOrInput("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = node[4]?.ToIntegers() ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length) return null;
        for (int i = 0; i < starts.Length; i++)
        {
            if (Axis(axes[i], x.Dims.Length) is not { } axis || steps[i] <= 0) return null;
            long size = x.Dims[axis], start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, size);
            long end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], start, size);
            x = Taken(x, axis, [.. Positions(start, end, steps[i])]);
        }
        return x;
    }

    private static IEnumerable<long> Positions(long start, long end, long step)
    {
        for (long i = start; i < end; i += step) yield return i;
    }

    private static IReadOnlyList<ConstantValue>? Split(ConstantOperands node, ConstantValue x)
    {
        if (Axis(node.Int("axis", 0), x.Dims.Length) is not { } axis || (node.Has(1) && node[1] is null)) return null;
        long each = (x.Dims[axis] + node.Outputs - 1) / node.Outputs;
        long[] sizes = node.IntsOrInput("split", 1) ?? [.. Enumerable.Repeat(each, node.Outputs - 1), x.Dims[axis] - (each * (node.Outputs - 1))];
        if (sizes.Length != node.Outputs || sizes.Sum() != x.Dims[axis] || sizes.Any(s => s < 0)) return null;
        var parts = new List<ConstantValue>();
        long start = 0;
        foreach (long size in sizes)
        {
            parts.Add(Taken(x, axis, [.. Positions(start, start + size, 1)]));
            start += size;
        }
        return parts;
    }
}
