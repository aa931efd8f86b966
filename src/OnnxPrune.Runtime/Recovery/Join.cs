using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// The addition that reads a layer's output first: fused into the layer, directly behind it, or behind a BatchNormalization. If the other summand already differs from the
/// original's, this layer can compensate for the difference.
/// </summary>
/// <param name="Other">The other summand.</param>
/// <param name="Normalization">The BatchNormalization between, or null.</param>
internal sealed record Join(Value Other, Node? Normalization)
{
    /// <summary>The join behind a layer, or null. The other summand must be known before the layer runs.</summary>
    public static Join? Of(Graph graph, LinearLayer layer, OperatorSet operators)
    {
        var node = layer.Node;
        if (layer.View.Summand is { } slot && node.Inputs[slot] is { Initializer: null } summand) return new Join(summand, null);
        if (!layer.IsOnlyLinear) return null;
        var (normalization, add) = (default(Node), graph.OnlyReaderOf(node.Outputs[0]!));
        if (layer.Normalizes(operators, add) is not null) (normalization, add) = (add, graph.OnlyReaderOf(add!.Outputs[0]!));
        if (!operators.Computes(ElementFunction.Sum, add)) return null;
        var own = (normalization ?? node).Outputs[0]!;
        var other = add.Inputs[0] == own ? add.Inputs[1]! : add.Inputs[0]!;
        return other.Initializer is null && (other.Producer is null || other.Producer.Index < node.Index) ? new Join(other, normalization) : null;
    }
}
