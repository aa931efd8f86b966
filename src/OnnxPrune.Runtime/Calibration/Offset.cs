using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Where the constant part of a linear layer's output is kept.</summary>
/// <param name="Tensor">The vector's name.</param>
/// <param name="Kind">How an intercept gets into it.</param>
/// <param name="IsNew">True where the layer had none: a bias of zeros was added.</param>
/// <param name="CopyOf">The vector that it is a copy of, because other nodes read that, too; null where it is the layer's own.</param>
internal sealed record Offset(string Tensor, OffsetKind Kind, bool IsNew = false, string? CopyOf = null)
{
    /// <summary>Where a layer's intercept can go, or null. Behind a fused activation nothing adds to the layer, so only its own bias counts.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="operators">The operators of the model.</param>
    public static (Node Node, int Slot, OffsetKind Kind)? SlotOf(Graph graph, LinearLayer layer, OperatorSet operators)
    {
        var (node, outputs) = (layer.Node, layer.Outputs);
        if (layer.View.Bias is { } own && own < node.Inputs.Length && node.Inputs[own] is { } bias)
            return IsVector(bias, outputs) ? (node, own, OffsetKind.Whole) : null;
        var reader = layer.IsOnlyLinear ? graph.OnlyReaderOf(node.Outputs[0]!) : null;
        if (layer.Normalizes(operators, reader) is { } view && IsVector(reader!.Inputs[view.Mean], outputs))
            return (reader, view.Mean, OffsetKind.Subtracted);
        if (layer.View.Bias is { } free) return (node, free, OffsetKind.Whole);
        if (!operators.Computes(ElementFunction.Sum, reader)) return null;
        int slot = reader.Inputs[0] == node.Outputs[0] ? 1 : 0;
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
