using Onnx;
using OnnxPrune.Model;
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
        switch (attribute.Name)
        {
            case "value":
                var tensor = attribute.T.Clone();
                tensor.Name = name;
                return tensor;
            case "value_int": return Tensors.Make(name, ElementType.Int64, [], [attribute.I]);
            case "value_ints": return Tensors.Int64s(name, attribute.Ints.ToArray());
            case "value_float": return Tensors.Make(name, ElementType.Float, [], [attribute.F]);
            case "value_floats":
                return Tensors.Make(name, ElementType.Float, [attribute.Floats.Count], attribute.Floats.Select(f => (double)f).ToArray());
            default: return null;
        }
    }
}
