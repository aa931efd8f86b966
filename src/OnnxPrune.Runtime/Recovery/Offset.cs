using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>Where the constant part of a linear layer's output is kept.</summary>
/// <param name="Tensor">The vector's name.</param>
/// <param name="Kind">How an intercept gets into it.</param>
/// <param name="IsNew">True where the layer had none: a bias of zeros was added.</param>
/// <param name="CopyOf">The vector that it is a copy of, because other nodes read that, too; null where it is the layer's own.</param>
internal sealed record Offset(string Tensor, OffsetKind Kind, bool IsNew = false, string? CopyOf = null)
{
    /// <summary>Where a layer's intercept can go, or null.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">A Conv, ConvTranspose, Gemm or MatMul.</param>
    /// <param name="outputs">Its output channels.</param>
    public static (Node Node, int Slot, OffsetKind Kind)? SlotOf(Graph graph, Node layer, int outputs)
    {
        if (layer.Inputs.Length > 2 && layer.Inputs[2] is { } bias) return IsVector(bias, outputs) ? (layer, 2, OffsetKind.Whole) : null;
        var reader = graph.OnlyReaderOf(layer.Outputs[0]!);
        if (reader is { OpType: "BatchNormalization", Domain: "" } && IsVector(reader.Inputs[3], outputs)) return (reader, 3, OffsetKind.Subtracted);
        if (layer.OpType != "MatMul") return (layer, 2, OffsetKind.Whole);
        if (reader is not { OpType: "Add", Domain: "" }) return null;
        int slot = reader.Inputs[0] == layer.Outputs[0] ? 1 : 0;
        return IsVector(reader.Inputs[slot], outputs) ? (reader, slot, OffsetKind.Added) : null;
    }

    /// <summary>The vector with the intercept applied.</summary>
    /// <param name="vector">The present vector.</param>
    /// <param name="intercept">One number per output channel.</param>
    /// <param name="replaces">True if the intercept replaces the constant part, false if it is added.</param>
    public TensorProto Shifted(TensorProto vector, IReadOnlyList<double> intercept, bool replaces)
    {
        double[] values = Tensors.Doubles(vector);
        for (int i = 0; i < values.Length; i++)
        {
            double old = Kind == OffsetKind.Whole && replaces ? 0 : values[i];
            values[i] = Kind == OffsetKind.Subtracted ? old - intercept[i] : old + intercept[i];
        }
        return Tensors.Make(vector.Name, Tensors.TypeOf(vector), vector.Dims, values);
    }

    private static bool IsVector(Value? value, int size) =>
        value?.Initializer is { Dims: [var only] } tensor && only == size && Tensors.IsFloat(tensor);
}

/// <summary>How an intercept gets into the vector that keeps it.</summary>
internal enum OffsetKind
{
    /// <summary>The vector is the intercept: a bias.</summary>
    Whole,

    /// <summary>It is added to the vector, which a later Add adds to the output.</summary>
    Added,

    /// <summary>It is subtracted from the vector, the mean of a BatchNormalization.</summary>
    Subtracted,
}
