using Onnx;
using OnnxPrune.Model;
using static OnnxPrune.Runtime.Calibration.GraphExtension;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// The design matrix of a linear layer as ONNX nodes, so that it is made where the model runs. A convolution's is the convolution of
/// each input channel by itself with one-hot kernels, one per tap: whatever strides, pads, dilations or transposition do, they do here.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="layer">The layer.</param>
/// <param name="type">The element type that the layer computes in.</param>
/// <param name="positions">Positions per sample that are used, or null for all; applies where a sample has more than one.</param>
internal sealed class Unfolding(GraphExtension graph, LinearLayer layer, DataType type, long[]? positions)
{
    /// <summary>X: [positions, features], or [groups, positions, features] where there are several groups.</summary>
    /// <param name="input">The layer's input.</param>
    public string Features(string input) => ByGroup(Rows(layer.IsConvolution ? Taps(input) : input, layer.Inputs * layer.Taps));

    /// <summary>Y in the same order: [positions, outputs], or [groups, positions, outputs].</summary>
    /// <param name="output">The layer's output, or what it should have been.</param>
    public string Targets(string output) => ByGroup(Rows(output, layer.Outputs));

    private string Taps(string input)
    {
        int taps = layer.Taps;
        if (taps == 1 && IsPointwise()) return input;
        var kernel = new double[layer.Inputs * taps * taps];
        for (int i = 0; i < layer.Inputs * taps; i++) kernel[(i * taps) + (i % taps)] = 1;
        bool transposed = layer.Node.OpType == "ConvTranspose";
        long[] dims = transposed ? [layer.Inputs, taps, .. layer.Dims.Skip(2)] : [(long)layer.Inputs * taps, 1, .. layer.Dims.Skip(2)];
        string weight = graph.Constant(Tensors.Make("", type, dims, kernel));
        var attributes = layer.Node.Proto.Attribute.Where(a => a.Name != "group").Append(Int("group", layer.Inputs));
        return graph.Node(layer.Node.OpType, [input, weight], [.. attributes]);
    }

    private bool IsPointwise() => layer.Node.Proto.Attribute.All(a => a.Name is not ("strides" or "pads" or "output_padding" or "auto_pad") || a.Ints.All(i => i == (a.Name == "strides" ? 1 : 0)))
        && layer.Node.Attribute("output_shape") is null && layer.Node.Text("auto_pad", "NOTSET") == "NOTSET";

    // [samples, channels, ...] or [..., channels] to [positions, channels].
    private string Rows(string value, int channels)
    {
        string rows = value;
        if (layer.IsConvolution) rows = graph.Node("Transpose", [Reshaped(value, 0, 0, -1)], Ints("perm", 0, 2, 1));
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
