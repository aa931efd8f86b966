namespace OnnxPrune.Layouts;

/// <summary>Orders of indices: element j is the old index at the new index j.</summary>
internal static class IndexOrder
{
    /// <summary>True if every index stays where it is.</summary>
    public static bool IsIdentity(int[] order)
    {
        for (int i = 0; i < order.Length; i++) if (order[i] != i) return false;
        return true;
    }

    /// <summary>True for neighbouring indices in ascending order, at least one.</summary>
    public static bool IsRun(IReadOnlyList<int> indices)
    {
        for (int i = 1; i < indices.Count; i++) if (indices[i] != indices[i - 1] + 1) return false;
        return indices.Count > 0;
    }

    /// <summary>The elements in an order.</summary>
    public static T[] Take<T>(T[] elements, int[] order) => Array.ConvertAll(order, index => elements[index]);

    /// <summary>First <paramref name="inner"/>, then <paramref name="outer"/>.</summary>
    public static int[] Compose(int[] inner, int[] outer) => Take(inner, outer);

    /// <summary>The new index of every old index.</summary>
    public static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (int i = 0; i < order.Length; i++) inverse[order[i]] = i;
        return inverse;
    }

    /// <summary>
    /// The orders of the outer and of the inner factor, of size <paramref name="inner"/>, that together are this order; null if there are none.
    /// </summary>
    public static (int[] Outer, int[] Inner)? Split(int[] order, int inner)
    {
        if (inner < 1 || order.Length % inner != 0) return null;
        int[] inside = [.. order.Take(inner).Select(index => index % inner)];
        var outside = new int[order.Length / inner];
        for (int block = 0; block < outside.Length; block++)
        {
            outside[block] = order[block * inner] / inner;
            for (int i = 0; i < inner; i++) if (order[(block * inner) + i] != (outside[block] * inner) + inside[i]) return null;
        }
        return (outside, inside);
    }

    /// <summary>
    /// The sizes of a matrix of blocks that the order transposes, as a channel shuffle does: <c>rows * columns * block</c> becomes
    /// <c>columns * rows * block</c>; null for other orders.
    /// </summary>
    public static (int Rows, int Columns, int Block)? Transposition(int[] order)
    {
        int block = 1;
        while (block < order.Length && order[block] == order[0] + block) block++;
        if (Split(order, block) is not var (outer, inner) || !IsIdentity(inner) || outer.Length < 4) return null;
        int columns = outer[1], rows = columns > 1 ? outer.Length / columns : 0;
        for (int i = 0; i < outer.Length; i++) if (rows < 2 || outer[i] != (i % rows * columns) + (i / rows)) return null;
        return (rows, columns, block);
    }
}
