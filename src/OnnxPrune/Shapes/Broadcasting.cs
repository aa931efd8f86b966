namespace OnnxPrune.Shapes;

/// <summary>Multidirectional (NumPy) broadcasting of shapes, ONNX specification, Broadcasting.md.</summary>
internal static class Broadcasting
{
    /// <summary>
    /// The shape that these shapes broadcast to. Two different sizes that depend on data may be equal, or one of them may be 1: the result is unknown.
    /// </summary>
    /// <exception cref="InfeasibleShapeException">Two sizes differ and neither is 1.</exception>
    public static Size[] Of(params IReadOnlyList<Size[]> shapes)
    {
        var result = new Size[shapes.Max(s => s.Length)];
        Array.Fill(result, Size.One);
        foreach (var shape in shapes)
        {
            int offset = result.Length - shape.Length;
            for (int i = 0; i < shape.Length; i++) result[offset + i] = Of(result[offset + i], shape[i]);
        }
        return result;
    }

    private static Size Of(Size a, Size b)
    {
        if (a.IsOne) return b;
        if (b.IsOne || a.Same(b)) return a;
        bool isOpenA = !a.IsKnown || a.DependsOnData, isOpenB = !b.IsKnown || b.DependsOnData;
        if (isOpenA && isOpenB) return Size.Unknown;
        if (isOpenA || isOpenB) return isOpenA ? b : a;
        return Size.Map(
            a, b, (x, y) => x == y || y == 1 ? x : x == 1 ? y : throw new InfeasibleShapeException($"{a} and {b} do not broadcast", (a, b)));
    }
}
