using static Onnx.TensorProto.Types;

namespace OnnxPrune.Shapes;

/// <summary>Evaluates operators on the contents of small tensors, at all valuations. Null in, or too large, gives null out.</summary>
internal static class ContentArithmetic
{
    /// <summary>Applies <paramref name="f"/> to every element.</summary>
    public static KnownTensor? Unary(KnownTensor? x, Func<double, double> f) =>
        x is null ? null : KnownTensor.Of(x.Type, x.Dims, (i, v) => f(x[i, v])).Cast(x.Type);

    /// <summary>Applies <paramref name="f"/> to the broadcast elements and rounds to <paramref name="type"/>.</summary>
    public static KnownTensor? Broadcast(ElementType type, IReadOnlyList<KnownTensor?> operands, Func<double[], double> f)
    {
        if (operands.Any(o => o is null)) return null;
        var shape = Broadcasting.Of(operands.Select(o => o!.Dims.Select(Size.Of).ToArray()).ToList());
        long[] dims = [.. shape.Select(s => s.Value)];
        if (!KnownTensor.Holds(dims)) return null;
        return KnownTensor.Of(type, dims, (i, v) => f([.. operands.Select(o => o![Aligned(i, dims, o.Dims), v])])).Cast(type);
    }

    /// <summary>Elements chosen by position: <paramref name="source"/> maps the position in the result to that in <paramref name="x"/>.</summary>
    public static KnownTensor? Pick(KnownTensor? x, IReadOnlyList<Size> shape, Func<long[], long[]> source)
    {
        if (x is null || !shape.All(s => s.IsConcrete)) return null;
        long[] dims = [.. shape.Select(s => s.Value)];
        if (!KnownTensor.Holds(dims)) return null;
        return KnownTensor.Of(x.Type, dims, (i, v) => At(source(Position(i, dims)), v));

        // A position outside names nothing: runtimes refuse such a model when they run it.
        double At(long[] position, int valuation) => position.Zip(x.Dims).All(p => p.First >= 0 && p.First < p.Second)
            ? x[(int)Flat(position, x.Dims), valuation]
            : double.NaN;
    }

    /// <summary>The same elements in another shape.</summary>
    public static KnownTensor? Reshape(KnownTensor? x, IReadOnlyList<Size> shape) =>
        x is not null && shape.All(s => s.IsConcrete) ? x.Reshaped([.. shape.Select(s => s.Value)]) : null;

    /// <summary>Tensors of equal rank one after the other along <paramref name="axis"/>.</summary>
    public static KnownTensor? Concat(IReadOnlyList<KnownTensor?> parts, int axis)
    {
        if (parts.Any(p => p is null) || parts.Sum(p => p!.Count) > KnownTensor.LargestCount) return null;
        var first = parts[0]!;
        long[] dims = [.. first.Dims];
        dims[axis] = parts.Sum(p => p!.Dims[axis]);
        return KnownTensor.Of(first.Type, dims, (i, v) => Element(Position(i, dims), v));

        double Element(long[] position, int valuation)
        {
            foreach (var part in parts)
            {
                if (position[axis] < part!.Dims[axis]) return part[(int)Flat(position, part.Dims), valuation];
                position[axis] -= part.Dims[axis];
            }
            return double.NaN;
        }
    }

    /// <summary>The row-major position of element <paramref name="flat"/>.</summary>
    public static long[] Position(long flat, long[] dims)
    {
        var position = new long[dims.Length];
        for (int axis = dims.Length - 1; axis >= 0; axis--) (flat, position[axis]) = (flat / dims[axis], flat % dims[axis]);
        return position;
    }

    /// <summary>The row-major index of a position.</summary>
    public static long Flat(long[] position, long[] dims)
    {
        long flat = 0;
        for (int axis = 0; axis < dims.Length; axis++) flat = (flat * dims[axis]) + position[axis];
        return flat;
    }

    private static int Aligned(int flat, long[] dims, long[] own)
    {
        long[] position = Position(flat, dims)[(dims.Length - own.Length)..];
        for (int axis = 0; axis < own.Length; axis++) if (own[axis] == 1) position[axis] = 0;
        return (int)Flat(position, own);
    }
}
