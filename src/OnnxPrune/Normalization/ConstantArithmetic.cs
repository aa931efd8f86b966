namespace OnnxPrune.Normalization;

/// <summary>Operators that compute numbers from numbers: element by element, with broadcasting, or along axes.</summary>
internal static class ConstantArithmetic
{
    private static readonly Dictionary<string, Func<double, double>> Unary = new(StringComparer.Ordinal)
    {
        ["Abs"] = Math.Abs,
        ["Cos"] = Math.Cos,
        ["Exp"] = Math.Exp,
        ["Log"] = Math.Log,
        ["Neg"] = x => -x,
        ["Reciprocal"] = x => 1 / x,
        ["Relu"] = x => Math.Max(x, 0),
        ["Sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
        ["Sin"] = Math.Sin,
        ["Softplus"] = x => x > 30 ? x : Math.Log(1 + Math.Exp(x)),
        ["Sqrt"] = Math.Sqrt,
        ["Tanh"] = Math.Tanh,
    };

    private static readonly Dictionary<string, Func<double, double, double>> Binary = new(StringComparer.Ordinal)
    {
        ["Add"] = (x, y) => x + y,
        ["Div"] = (x, y) => x / y,
        ["Max"] = Math.Max,
        ["Min"] = Math.Min,
        ["Mul"] = (x, y) => x * y,
        ["Pow"] = Math.Pow,
        ["Sub"] = (x, y) => x - y,
        ["Sum"] = (x, y) => x + y,
    };

    private static readonly Dictionary<string, Func<double[], double>> Reductions = new(StringComparer.Ordinal)
    {
        ["ReduceL1"] = x => x.Sum(Math.Abs),
        ["ReduceL2"] = x => Math.Sqrt(x.Sum(v => v * v)),
        ["ReduceMax"] = x => x.Max(),
        ["ReduceMean"] = x => x.Sum() / x.Length,
        ["ReduceMin"] = x => x.Min(),
        ["ReduceProd"] = x => x.Aggregate(1.0, (p, v) => p * v),
        ["ReduceSum"] = x => x.Sum(),
        ["ReduceSumSquare"] = x => x.Sum(v => v * v),
    };

    /// <summary>True for an operator of this class.</summary>
    public static bool Has(string opType) =>
        Unary.ContainsKey(opType) || Binary.ContainsKey(opType) || Reductions.ContainsKey(opType) || opType is "Clip" or "MatMul";

    /// <summary>True for an operator whose result at an index depends on nothing but the operands there.</summary>
    public static bool IsElementwise(string opType) => Unary.ContainsKey(opType) || Binary.ContainsKey(opType) || opType == "Clip";

    /// <summary>The result; null where the operands are not what this class computes with.</summary>
    public static ConstantValue? Evaluate(ConstantOperands node)
    {
        var x = node[0];
        if (x is null || !Model.ElementTypes.IsFloat(x.Type)) return null;
        if (Unary.TryGetValue(node.OpType, out var unary)) return ConstantValue.Rounded(x.Type, x.Dims, Array.ConvertAll(x.Numbers, n => unary(n)));
        if (Binary.TryGetValue(node.OpType, out var binary)) return Broadcast(node, binary);
        if (Reductions.TryGetValue(node.OpType, out var reduction)) return Reduce(node, x, reduction);
        return node.OpType == "Clip" ? Clip(node, x) : Product(x, node[1]);
    }

    private static ConstantValue? Broadcast(ConstantOperands node, Func<double, double, double> f)
    {
        var result = node[0]!;
        for (int i = 1; i < node.Count; i++)
        {
            if (node[i] is not { } operand || (operand.Type != result.Type && node.OpType != "Pow")) return null;
            if (Strides.Broadcast(result.Dims, operand.Dims) is not { } dims || !node.Holds(dims)) return null;
            var (left, right) = (new Strides(dims, result.Dims), new Strides(dims, operand.Dims));
            var numbers = new double[ConstantValue.Count(dims)];
            for (int k = 0; k < numbers.Length; k++) numbers[k] = f(result.Numbers[left.At(k)], operand.Numbers[right.At(k)]);
            if (ConstantValue.Rounded(result.Type, dims, numbers) is not { } rounded) return null;
            result = rounded;
        }
        return result;
    }

    private static ConstantValue? Reduce(ConstantOperands node, ConstantValue x, Func<double[], double> f)
    {
        if (node.Has(1) && node[1] is null) return null;
        long[] axes = (node.Has(1) ? node[1]!.ToIntegers() : node.Ints("axes")) ?? [];
        if (axes.Length == 0 && node.Int("noop_with_empty_axes", 0) != 0) return null;
        var reduced = axes.Length == 0 ? [.. Enumerable.Range(0, x.Dims.Length)] : axes.Select(a => (int)(a < 0 ? a + x.Dims.Length : a)).ToHashSet();
        if (reduced.Any(a => a < 0 || a >= x.Dims.Length)) return null;
        long[] kept = [.. x.Dims.Select((d, i) => reduced.Contains(i) ? 1 : d)];
        var strides = new Strides(x.Dims, kept);
        int count = (int)ConstantValue.Count(kept), each = count == 0 ? 0 : x.Numbers.Length / count;
        if (each == 0) return null;
        var parts = new double[count][];
        var filled = new int[count];
        for (int i = 0; i < count; i++) parts[i] = new double[each];
        for (int i = 0; i < x.Numbers.Length; i++)
        {
            long part = strides.At(i);
            parts[part][filled[part]++] = x.Numbers[i];
        }
        long[] dims = node.Int("keepdims", 1) != 0 ? kept : [.. x.Dims.Where((_, i) => !reduced.Contains(i))];
        return ConstantValue.Rounded(x.Type, dims, Array.ConvertAll(parts, part => f(part)));
    }

    private static ConstantValue? Clip(ConstantOperands node, ConstantValue x)
    {
        if ((node.Has(1) && node[1]?.Numbers is not [_]) || (node.Has(2) && node[2]?.Numbers is not [_])) return null;
        double low = node.Has(1) ? node[1]!.Numbers[0] : node.Float("min", float.MinValue);
        double high = node.Has(2) ? node[2]!.Numbers[0] : node.Float("max", float.MaxValue);
        return ConstantValue.Rounded(x.Type, x.Dims, Array.ConvertAll(x.Numbers, n => Math.Min(Math.Max(n, low), high)));
    }

    // Of matrices and vectors: the sums that spectral norms are made of.
    private static ConstantValue? Product(ConstantValue x, ConstantValue? y)
    {
        if (y is null || y.Type != x.Type || x.Dims.Length is not (1 or 2) || y.Dims.Length is not (1 or 2)) return null;
        long rows = x.Dims.Length == 2 ? x.Dims[0] : 1, inner = x.Dims[^1], columns = y.Dims.Length == 2 ? y.Dims[1] : 1;
        if (y.Dims[0] != inner) return null;
        var numbers = new double[rows * columns];
        for (long row = 0; row < rows; row++)
            for (long k = 0; k < inner; k++)
                for (long column = 0; column < columns; column++)
                    numbers[(row * columns) + column] += x.Numbers[(row * inner) + k] * y.Numbers[(k * columns) + column];
        return ConstantValue.Rounded(x.Type, [.. x.Dims[..^1], .. y.Dims[1..]], numbers);
    }
}
