using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// The Relu behind a layer, maybe behind a BatchNormalization or an Add of a constant, and a sum with another value. What the layer gives where
/// the original is cut off to zero matters only if it is not cut off, too: least squares need not be spent on it (nonlinear
/// reconstruction, Zhang et al. 2016, Accelerating Very Deep Convolutional Networks, section 3.2).
/// </summary>
/// <param name="Scale">a of each output channel u: a·u + b is what Relu, or the sum before it, is given.</param>
/// <param name="Shift">b of each.</param>
/// <param name="Other">The other summand, or null.</param>
internal sealed record Rectifier(double[] Scale, double[] Shift, Value? Other)
{
    /// <summary>The rectifier behind a layer, or null.</summary>
    /// <param name="walk">The initializers as they are before the layer is fitted.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="operators">The operators of the model.</param>
    public static Rectifier? Behind(ActivationWalk walk, LinearLayer layer, OperatorSet operators)
    {
        double[] scale = [.. Enumerable.Repeat(1.0, layer.Outputs)], shift = new double[layer.Outputs];
        if (!layer.IsOnlyLinear)
        {
            var summand = layer.View.Summand is { } slot ? layer.Node.Inputs[slot] : null;
            return layer.View.IsRectified && summand?.Initializer is null ? new Rectifier(scale, shift, summand) : null;
        }
        var (own, reader) = Next(walk.Graph, layer.Node.Outputs[0]!);
        if (reader is not null && layer.Normalizes(operators, reader) is { } view)
        {
            if (NormalizationScale.Of(walk.Initializers, reader, view) is not { } factors || factors.Length != layer.Outputs) return null;
            if (NormalizationScale.Numbers(walk.Initializers, reader, view.Bias) is not { } beta
                || NormalizationScale.Numbers(walk.Initializers, reader, view.Mean) is not { } mean)
                return null;
            scale = factors;
            shift = [.. beta.Select((b, c) => b - (scale[c] * mean[c]))];
            (own, reader) = Next(walk.Graph, reader.Outputs[0]!);
        }
        else if (!layer.IsConvolution
            && operators.Computes(ElementFunction.Sum, reader)
            && reader.Inputs.FirstOrDefault(i => i is { Initializer.Dims: [var size] } && size == layer.Outputs) is { } constant)
        {
            shift = Tensors.Doubles(walk.Initializers[constant.Name]);
            (own, reader) = Next(walk.Graph, reader.Outputs[0]!);
        }
        var other = default(Value);
        if (operators.Computes(ElementFunction.Sum, reader))
        {
            other = reader.Inputs[0] == own ? reader.Inputs[1]! : reader.Inputs[0]!;
            if (other.Initializer is not null || other.Producer?.Index > layer.Node.Index) return null;
            (_, reader) = Next(walk.Graph, reader.Outputs[0]!);
        }
        return operators.Computes(ElementFunction.Rectifier, reader) ? new Rectifier(scale, shift, other) : null;
    }

    private static (Value Value, Node? Reader) Next(Graph graph, Value value) => (value, graph.OnlyReaderOf(value));
}
