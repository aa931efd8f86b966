using Onnx;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// The axis of each input that counts samples. It is the first axis, unless the symbol of the batch stands at another axis, as in the initial
/// state [2, batch, 64] of a recurrent network.
/// </summary>
internal static class SampleAxis
{
    /// <summary>The symbol of the batch: the one that is called so, else the first axis of the first input if its size is open; null for a fixed batch.</summary>
    /// <param name="inputs">The inputs that declare a shape.</param>
    public static string? Symbol(IReadOnlyList<ValueInfoProto> inputs)
    {
        var symbols = inputs.SelectMany(Valuation.Symbols).ToList();
        if (symbols.Find(s => s.Contains("batch", StringComparison.OrdinalIgnoreCase) && !s.Contains('+', StringComparison.Ordinal)) is { } named)
            return named;
        return inputs.FirstOrDefault(i => i.Type.TensorType.Shape.Dim.Count > 0) is { } first && Valuation.IsSymbolic(first, 0)
            ? Valuation.Symbol(first, 0)
            : null;
    }

    /// <summary>The axis of an input that counts samples.</summary>
    /// <param name="input">The input.</param>
    /// <param name="symbol">The symbol of the batch; null for a fixed batch.</param>
    /// <param name="dims">The shape of the data. With a fixed batch, samples are counted along the first axis at which this shape differs from the input's.</param>
    public static int Of(ValueInfoProto input, string? symbol, long[] dims)
    {
        if (input.Type?.TensorType?.Shape?.Dim is not { Count: > 0 } declared) return 0;
        var axes = Enumerable.Range(0, Math.Min(declared.Count, dims.Length)).ToList();
        bool counts(int axis) => symbol is null
            ? declared[axis].DimValue > 0 && declared[axis].DimValue != dims[axis] && dims[axis] % declared[axis].DimValue == 0
            : Has(input, axis, symbol);
        return axes.Find(axis => counts(axis));
    }

    /// <summary>True for an axis of an input that has this symbol.</summary>
    public static bool Has(ValueInfoProto input, int axis, string? symbol) =>
        Valuation.IsSymbolic(input, axis) && Valuation.Symbol(input, axis) == symbol;
}
