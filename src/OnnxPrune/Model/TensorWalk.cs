using Onnx;

namespace OnnxPrune.Model;

/// <summary>Every tensor of a model, wherever it sits: initializers, attributes, sub-graphs and functions, in document order.</summary>
internal static class TensorWalk
{
    public static IEnumerable<TensorProto> All(ModelProto model)
    {
        var found = model.Graph is null ? [] : InGraph(model.Graph);
        return found.Concat(model.Functions.SelectMany(f => f.Node).SelectMany(InNode));
    }

    private static IEnumerable<TensorProto> InGraph(GraphProto graph) => graph.Initializer.Concat(graph.Node.SelectMany(InNode));

    private static IEnumerable<TensorProto> InNode(NodeProto node) => node.Attribute.SelectMany(InAttribute);

    private static IEnumerable<TensorProto> InAttribute(AttributeProto attribute)
    {
        var own = attribute.T is null ? attribute.Tensors : attribute.Tensors.Prepend(attribute.T);
        var graphs = attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);
        return own.Concat(graphs.SelectMany(InGraph));
    }
}
