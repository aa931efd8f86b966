using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// What a layer's output is added to before anything else happens to it, directly or through a BatchNormalization: where the other
/// summand already differs from the original's, this layer can make up for it.
/// </summary>
/// <param name="Other">The other summand.</param>
/// <param name="Normalization">The BatchNormalization between, or null.</param>
internal sealed record Join(Value Other, Node? Normalization)
{
    /// <summary>The join behind a layer, or null. The other summand must be known before the layer runs.</summary>
    public static Join? Of(Graph graph, Node layer)
    {
        var (normalization, add) = (default(Node), OnlyReader(graph, layer.Outputs[0]!));
        if (add?.OpType == "BatchNormalization") (normalization, add) = (add, OnlyReader(graph, add.Outputs[0]!));
        if (add is not { OpType: "Add", Domain: "" }) return null;
        var own = (normalization ?? layer).Outputs[0]!;
        var other = add.Inputs[0] == own ? add.Inputs[1]! : add.Inputs[0]!;
        return other.Initializer is null && (other.Producer is null || other.Producer.Index < layer.Index) ? new Join(other, normalization) : null;
    }

    /// <summary>The node that reads a value, if it is the only one and the value is no output.</summary>
    public static Node? OnlyReader(Graph graph, Value value)
    {
        if (value.IsOutput) return null;
        var readers = graph.Flow.OutEdges(value.Producer!).Where(e => e.Tag == value).Select(e => e.Target).Distinct().Take(2).ToList();
        return readers.Count == 1 ? readers[0] : null;
    }
}
