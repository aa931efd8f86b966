using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;
using static OnnxPrune.Runtime.Calibration.GraphExtension;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// The design matrix of a linear layer as ONNX nodes, so that it is computed where the model runs. The windows of a convolution are gathered at
/// the used positions. For a transposed convolution whose pads follow from its output shape, each input channel is convolved separately with
/// one-hot kernels, one per tap, so that all attributes have their usual effect.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="layer">The layer.</param>
/// <param name="type">The element type that the layer computes in.</param>
/// <param name="positions">Positions per sample that are used, or null for all; applies where a sample has more than one.</param>
/// <param name="inputShape">Shape of a batch of the input.</param>
/// <param name="outputShape">Shape of a batch of the output.</param>
internal sealed class Unfolding(GraphExtension graph, LinearLayer layer, ElementType type, long[]? positions, long[] inputShape, long[] outputShape)
{
    /// <summary>The column of X in which each feature is, or null where they are in order.</summary>
    public int[]? Columns =>
        layer is { Groups: 1, Taps: > 1 } && Gathers
            ? [.. Enumerable.Range(0, layer.Features).Select(f => (f % layer.Taps * layer.Inputs) + (f / layer.Taps))]
            : null;

    private bool Gathers => layer.View.Window is { } window && ConvolutionWindows.Know(window);

    /// <summary>X: [positions, features], or [groups, positions, features] where there are several groups.</summary>
    /// <param name="input">The layer's input.</param>
    public string Features(string input) =>
        Single(ByGroup(Gathers ? Windows(input) : Rows(layer.IsConvolution ? Taps(input) : input, layer.Inputs * layer.Taps)));

    /// <summary>Y in the same order: [positions, outputs], or [groups, positions, outputs].</summary>
    /// <param name="output">The layer's output, or what it should have been.</param>
    public string Targets(string output) => Single(ByGroup(Rows(output, layer.Outputs)));

    // Sums of many products are out of reach of 16 bits.
    private string Single(string rows) =>
        type is ElementType.Float16 or ElementType.Bfloat16 ? graph.Node("Cast", [rows], Int("to", (int)ElementType.Float)) : rows;

    // Whole pixels are gathered, so that all channels of one are copied at once.
    private string Windows(string input)
    {
        long[] space = layer.SpaceOf(inputShape);
        long[] indices = ConvolutionWindows.Indices(layer.View.Window!, layer.Kernel, space, layer.SpaceOf(outputShape), positions);
        long pixels = space.Aggregate(1L, (n, size) => n * size);
        string flat = layer.HasChannelsFirst
            ? Reshaped(input, 0, 0, -1)
            : graph.Node("Transpose", [Reshaped(input, 0, -1, layer.Inputs)], Ints("perm", 0, 2, 1));
        if (indices.Contains(pixels)) flat = graph.PadLast(flat, 3);
        string windows = graph.Node("Gather", [graph.Node("Transpose", [flat], Ints("perm", 0, 2, 1)), graph.Integers(indices)], Int("axis", 1));
        if (layer.Groups > 1) windows = graph.Node("Transpose", [Reshaped(windows, 0, -1, layer.Taps, layer.Inputs)], Ints("perm", 0, 1, 3, 2));
        return Reshaped(windows, -1, layer.Inputs * layer.Taps);
    }

    private string Taps(string input)
    {
        int taps = layer.Taps;
        var kernel = new double[layer.Inputs * taps * taps];
        for (int i = 0; i < layer.Inputs * taps; i++) kernel[(i * taps) + (i % taps)] = 1;
        string weight = graph.Constant(Tensors.Make("", type, [layer.Inputs, taps, .. layer.Kernel], kernel));
        var alone = layer.LinearPart;
        var attributes = alone.Attribute.Where(a => a.Name != "group").Append(Int("group", layer.Inputs));
        return graph.Node(alone.OpType, [input, weight], [.. attributes]);
    }

    // [samples, channels, ...] or [..., channels] to [positions, channels].
    private string Rows(string value, int channels)
    {
        string rows = value;
        if (layer.HasChannelsFirst) rows = graph.Node("Transpose", [Reshaped(value, 0, 0, -1)], Ints("perm", 0, 2, 1));
        else if (positions is not null) rows = Reshaped(value, 0, -1, channels);
        if (positions is not null) rows = graph.Node("Gather", [rows, graph.Integers(positions)], Int("axis", 1));
        return Reshaped(rows, -1, channels);
    }

    private string Reshaped(string value, params ReadOnlySpan<long> shape) => graph.Node("Reshape", [value, graph.Integers(shape)]);

    private string ByGroup(string rows)
    {
        if (layer.Groups == 1) return rows;
        return graph.Node("Transpose", [Reshaped(rows, 0, layer.Groups, -1)], Ints("perm", 1, 0, 2));
    }
}
