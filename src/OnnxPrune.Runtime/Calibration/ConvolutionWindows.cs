using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Where a convolution reads its input, as flat indices (ONNX Conv: strides, dilations, pads and auto_pad). A transposed convolution reads, for
/// each output position and tap, the one input position that this tap spreads there, if there is one.
/// </summary>
internal static class ConvolutionWindows
{
    /// <summary>True where the indices are known: of a transposed convolution whose output shape says what its pads are, they are not.</summary>
    public static bool Know(ConvolutionWindow window) => !window.IsTransposed || (window.AutoPad == "NOTSET" && !window.FixesOutput);

    /// <summary>
    /// For each output position and then each tap the flat index of the input position; the number of input positions stands for padding.
    /// </summary>
    /// <param name="window">The windows of the convolution.</param>
    /// <param name="kernel">Its kernel's spatial sizes.</param>
    /// <param name="input">Spatial sizes of the input.</param>
    /// <param name="output">Spatial sizes of the output.</param>
    /// <param name="positions">Flat indices of the output positions, or null for all.</param>
    public static long[] Indices(ConvolutionWindow window, long[] kernel, long[] input, long[] output, long[]? positions)
    {
        long[] strides = OrOnes(window.Strides, kernel.Length), dilations = OrOnes(window.Dilations, kernel.Length);
        long[] begins = Begins(window, kernel, input, output, strides, dilations);
        long padding = Product(input), taps = Product(kernel);
        positions ??= [.. Enumerable.Range(0, (int)Product(output)).Select(i => (long)i)];
        var indices = new long[positions.Length * taps];
        for (int p = 0; p < positions.Length; p++)
        {
            long[] corner = Coordinates(positions[p], output);
            for (long tap = 0; tap < taps; tap++)
            {
                long[] offset = Coordinates(tap, kernel);
                long flat = 0;
                for (int axis = 0; axis < kernel.Length && flat < padding; axis++)
                {
                    long at = window.IsTransposed
                        ? Spread(corner[axis] + begins[axis] - (offset[axis] * dilations[axis]), strides[axis])
                        : (corner[axis] * strides[axis]) - begins[axis] + (offset[axis] * dilations[axis]);
                    flat = at >= 0 && at < input[axis] ? (flat * input[axis]) + at : padding;
                }
                indices[(p * taps) + tap] = Math.Min(flat, padding);
            }
        }
        return indices;
    }

    private static long Spread(long position, long stride) => position % stride == 0 ? position / stride : -1;

    private static long[] OrOnes(IReadOnlyList<long>? steps, int rank) => steps is null ? [.. Enumerable.Repeat(1L, rank)] : [.. steps];

    private static long[] Begins(ConvolutionWindow window, long[] kernel, long[] input, long[] output, long[] strides, long[] dilations)
    {
        if (window.AutoPad == "NOTSET") return window.Pads is { } pads ? [.. pads.Take(kernel.Length)] : new long[kernel.Length];
        if (window.AutoPad == "VALID") return new long[kernel.Length];
        var totals = kernel.Select((k, axis) => Math.Max(0, ((output[axis] - 1) * strides[axis]) + ((k - 1) * dilations[axis]) + 1 - input[axis]));
        return [.. totals.Select(total => window.AutoPad == "SAME_LOWER" ? (total + 1) / 2 : total / 2)];
    }

    private static long[] Coordinates(long flat, long[] sizes)
    {
        var coordinates = new long[sizes.Length];
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            coordinates[axis] = flat % sizes[axis];
            flat /= sizes[axis];
        }
        return coordinates;
    }

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (n, size) => n * size);
}
