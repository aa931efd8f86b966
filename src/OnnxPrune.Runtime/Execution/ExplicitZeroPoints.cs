using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Execution;

/// <summary>
/// Writes out the zero points that quantised nodes leave out. Where ONNX Runtime avoids saturation, it turns int8 weights into uint8 weights with
/// the scalar zero point 128, which fails for scales per axis, and aborts for some products of integers.
/// </summary>
internal static class ExplicitZeroPoints
{
    // The operators, and for each optional zero point its slot and the slots of what it belongs to and of the scale that has its shape.
    private static readonly Dictionary<string, (int Slot, int Of, int Scale)[]> Optional = new(StringComparer.Ordinal)
    {
        ["DequantizeLinear"] = [(2, 0, 1)],
        ["MatMulInteger"] = [(2, 0, -1), (3, 1, -1)],
        ["ConvInteger"] = [(2, 0, -1), (3, 1, -1)],
    };

    /// <summary>A copy of the model with the zero points, or the model itself where none is left out.</summary>
    public static OnnxModel Of(OnnxModel model)
    {
        if (!model.Proto.Graph.Node.Any(LeavesOut)) return model;
        var proto = model.Proto.Clone();
        var constants = proto.Graph.Initializer.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var types = TypesOf(proto.Graph, constants);
        foreach (var node in proto.Graph.Node.Where(LeavesOut))
        {
            foreach (var (slot, of, scale) in Optional[node.OpType].Where(o => IsMissing(node, o.Slot)))
            {
                if (of >= node.Input.Count || !types.TryGetValue(node.Input[of], out var type) || ElementTypes.Bits(type) != 8) continue;
                var shape = scale < 0 ? [] : constants.TryGetValue(node.Input[scale], out var tensor) ? tensor.Dims.ToArray() : null;
                if (shape is null) continue;
                var zeros = Tensors.Make($"{node.Output[0]}/zero_{slot}", type, shape, new double[shape.Aggregate(1L, (n, d) => n * d)]);
                proto.Graph.Initializer.Add(zeros);
                while (node.Input.Count <= slot) node.Input.Add("");
                node.Input[slot] = zeros.Name;
            }
        }
        return model with { Proto = proto };
    }

    private static bool LeavesOut(NodeProto node) =>
        node.Domain is "" or "ai.onnx" && Optional.TryGetValue(node.OpType, out var slots) && slots.Any(o => IsMissing(node, o.Slot));

    private static bool IsMissing(NodeProto node, int slot) => slot >= node.Input.Count || node.Input[slot].Length == 0;

    private static Dictionary<string, ElementType> TypesOf(GraphProto graph, Dictionary<string, TensorProto> constants)
    {
        var types = constants.ToDictionary(c => c.Key, c => Tensors.TypeOf(c.Value), StringComparer.Ordinal);
        foreach (var info in graph.Input.Concat(graph.ValueInfo).Where(i => i.Type?.TensorType is not null))
            types.TryAdd(info.Name, (ElementType)info.Type.TensorType.ElemType);
        foreach (var node in graph.Node)
        {
            if (node.OpType == "DynamicQuantizeLinear") types.TryAdd(node.Output[0], ElementType.Uint8);
            if (node.OpType == "QuantizeLinear")
                types.TryAdd(node.Output[0], node.Input.Count > 2 && types.TryGetValue(node.Input[2], out var type) ? type : ElementType.Uint8);
        }
        return types;
    }
}
