using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>The sizes that sliding windows give: Conv, ConvTranspose and pooling, with pads, strides, dilations and auto_pad.</summary>
internal sealed class SpatialWindow
{
    private readonly Node node;
    private readonly long[] kernel;
    private readonly long[] strides;
    private readonly long[] dilations;
    private readonly long[] pads;
    private readonly string autoPad;

    public SpatialWindow(Node node, IReadOnlyList<Size> kernel)
    {
        this.node = node;
        this.kernel = [.. kernel.Select(k => k.Value)];
        strides = node.Ints("strides") ?? Ones();
        dilations = node.Ints("dilations") ?? Ones();
        pads = node.Ints("pads") ?? new long[2 * kernel.Count];
        autoPad = node.Text("auto_pad", "NOTSET");
        bool fits = strides.Length == kernel.Count && dilations.Length == kernel.Count && pads.Length == 2 * kernel.Count;
        if (!fits || strides.Concat(dilations).Any(step => step < 1)) throw new InfeasibleShapeException($"{node.Label}: its window does not fit its input");
    }

    /// <summary>Output sizes of a convolution or pooling over these spatial sizes.</summary>
    public IEnumerable<Size> Forward(IEnumerable<Size> spatial) =>
        spatial.Select((size, i) => IsContested(i) ? Size.Unknown : size.Map(n => Forward(n, i)));

    /// <summary>Output sizes of a transposed convolution over these spatial sizes.</summary>
    public IEnumerable<Size> Transposed(IEnumerable<Size> spatial)
    {
        if (node.Ints("output_shape") is { Length: > 0 } shape) return shape.TakeLast(kernel.Length).Select(Size.Of);
        long[] extra = node.Ints("output_padding") ?? new long[kernel.Length];
        if (extra.Length != kernel.Length) throw new InfeasibleShapeException($"{node.Label}: output_padding does not fit its kernel");
        return spatial.Select((size, i) => size.Map(n => Transposed(n, i, extra[i])));
    }

    // Pooling with SAME pads and dilations: the specification divides by the stride, runtimes pad as if there were no dilation.
    private bool IsContested(int i) => node.OpType != "Conv" && dilations[i] > 1 && autoPad.StartsWith("SAME", StringComparison.Ordinal);

    private long Forward(long size, int i)
    {
        long extent = (dilations[i] * (kernel[i] - 1)) + 1;
        if (autoPad.StartsWith("SAME", StringComparison.Ordinal)) return (size + strides[i] - 1) / strides[i];
        long room = size - extent + (autoPad == "VALID" ? 0 : pads[i] + pads[i + kernel.Length]);
        if (room < 0) throw new InfeasibleShapeException($"{node.Label}: a window of {extent} over {size}");
        bool roundUp = node.Int("ceil_mode", 0) != 0;
        long count = (room + (roundUp ? strides[i] - 1 : 0)) / strides[i];
        // A window that would start in the padding after the input is omitted (pooling with ceil_mode, since opset 10).
        if (roundUp && count * strides[i] >= size + (autoPad == "VALID" ? 0 : pads[i])) count--;
        return count + 1;
    }

    private long Transposed(long size, int i, long extra)
    {
        long unpadded = (strides[i] * (size - 1)) + extra + (dilations[i] * (kernel[i] - 1)) + 1;
        // SAME pads never extend: a window smaller than its stride leaves the end out.
        if (autoPad.StartsWith("SAME", StringComparison.Ordinal)) return Math.Min(size * strides[i], unpadded);
        long padding = autoPad == "VALID" ? 0 : pads[i] + pads[i + kernel.Length];
        return unpadded - padding;
    }

    private long[] Ones() => [.. Enumerable.Repeat(1L, kernel.Length)];
}
