using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// The addition that reads a layer's output first, directly or through a BatchNormalization. If the other summand already differs from the
/// original's, this layer can compensate for the difference.
/// </summary>
/// <param name="Other">The other summand.</param>
/// <param name="Normalization">The BatchNormalization between, or null.</param>
internal sealed record Join(Value Other, Node? Normalization)
{
    /// <summary>The join behind a layer, or null. The other summand must be known before the layer runs.</summary>
    public static Join? Of(Graph graph, Node layer)
    {
        var (normalization, add) = (default(Node), graph.OnlyReaderOf(layer.Outputs[0]!));
        if (add?.OpType == "BatchNormalization") (normalization, add) = (add, graph.OnlyReaderOf(add.Outputs[0]!));
        if (add is not { OpType: "Add", Domain: "" }) return null;
        var own = (normalization ?? layer).Outputs[0]!;
        var other = add.Inputs[0] == own ? add.Inputs[1]! : add.Inputs[0]!;
        return other.Initializer is null && (other.Producer is null || other.Producer.Index < layer.Index) ? new Join(other, normalization) : null;
    }
}
