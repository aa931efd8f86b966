namespace OnnxPrune.Normalization;

/// <summary>Maps the row-major index of an element of a shape to the element of a shape that broadcasts to it.</summary>
internal sealed class Strides
{
    private readonly long[] dims;
    private readonly long[] strides;

    /// <summary>The map from <paramref name="dims"/> to <paramref name="own"/>, whose last axes are the last of <paramref name="dims"/>.</summary>
    public Strides(long[] dims, long[] own)
    {
        this.dims = dims;
        strides = new long[dims.Length];
        long stride = 1;
        for (int i = 1; i <= own.Length; i++)
        {
            strides[^i] = own[^i] == 1 ? 0 : stride;
            stride *= own[^i];
        }
    }

    /// <summary>The map with these steps per axis.</summary>
    private Strides(long[] dims, long[] strides, int _) => (this.dims, this.strides) = (dims, strides);

    /// <summary>The map from a transposed shape to the original.</summary>
    public static Strides Transposed(long[] original, long[] order)
    {
        var steps = new long[original.Length];
        for (long stride = 1, axis = original.Length - 1; axis >= 0; stride *= original[axis--]) steps[axis] = stride;
        return new([.. order.Select(a => original[a])], [.. order.Select(a => steps[a])], 0);
    }

    /// <summary>The shape that two shapes broadcast to; null if they do not.</summary>
    public static long[]? Broadcast(long[] a, long[] b)
    {
        var dims = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= dims.Length; i++)
        {
            long x = i <= a.Length ? a[^i] : 1, y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1) return null;
            dims[^i] = x == 1 ? y : x;
        }
        return dims;
    }

    /// <summary>The element of the smaller shape for an element of the larger.</summary>
    public long At(int index)
    {
        long at = 0;
        long rest = index;
        for (int axis = dims.Length - 1; axis >= 0; axis--) (rest, at) = (rest / dims[axis], at + (rest % dims[axis] * strides[axis]));
        return at;
    }
}
