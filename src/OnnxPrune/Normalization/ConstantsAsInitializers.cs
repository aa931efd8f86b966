using Onnx;
using OnnxPrune.Model;
using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Normalization;

/// <summary>Turns Constant nodes into initializers, so that weights are weights wherever an exporter has put them.</summary>
internal static class ConstantsAsInitializers
{
    public static void Apply(ModelProto model)
    {
        var graph = model.Graph;
        var outputs = graph.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var kept = new List<NodeProto>(graph.Node.Count);
        foreach (var node in graph.Node)
        {
            if (Value(node) is { } tensor && !outputs.Contains(node.Output[0])) graph.Initializer.Add(tensor);
            else kept.Add(node);
        }
        graph.Node.Clear();
        graph.Node.AddRange(kept);
    }

    private static TensorProto? Value(NodeProto node)
    {
        if (node.OpType != "Constant" || node.Domain is not ("" or "ai.onnx") || node.Attribute.Count != 1 || node.Output.Count != 1) return null;
        var attribute = node.Attribute[0];
        string name = node.Output[0];
        if (attribute.T is not null) return attribute.Name == "value" ? Named(attribute.T, name) : null;
        switch ((attribute.Name, attribute.Type))
        {
            case ("value_int", AttributeType.Int): return Tensors.Make(name, ElementType.Int64, [], [attribute.I]);
            case ("value_ints", AttributeType.Ints): return Tensors.Int64s(name, attribute.Ints.ToArray());
            case ("value_float", AttributeType.Float): return Tensors.Make(name, ElementType.Float, [], [attribute.F]);
            case ("value_floats", AttributeType.Floats):
                return Tensors.Make(name, ElementType.Float, [attribute.Floats.Count], attribute.Floats.Select(f => (double)f).ToArray());
            default: return null;
        }
    }

    private static TensorProto Named(TensorProto tensor, string name)
    {
        var copy = tensor.Clone();
        copy.Name = name;
        return copy;
    }
}
