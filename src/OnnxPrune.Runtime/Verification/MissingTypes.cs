using OnnxPrune.Model;
using OnnxPrune.Operators;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Verification;

/// <summary>The element types of tensors that nodes of unknown operators compute: what the nodes that read them demand.</summary>
internal static class MissingTypes
{
    /// <summary>The element type of a value; floats where nothing demands another type.</summary>
    public static ElementType Of(ModelAnalysis analysis, Value value)
    {
        if (analysis.Shapes[value].Type is not ElementType.Undefined and var known) return known;
        var followed = new HashSet<Value> { value };
        foreach (var node in analysis.Graph.Nodes)
        {
            for (int slot = 0; slot < node.Inputs.Length; slot++)
            {
                if (node.Inputs[slot] is not { } input || !followed.Contains(input)) continue;
                if (Demanded(analysis, node, slot) is { } demanded) return demanded;
                followed.UnionWith(node.Outputs.OfType<Value>().Where(output => analysis.Shapes[output].Type == ElementType.Undefined));
            }
        }
        return ElementType.Float;
    }

    // Indices and sizes are integers; floats are of the type of the other floats of the node.
    private static ElementType? Demanded(ModelAnalysis analysis, Node node, int slot)
    {
        if (analysis.Operators.Find(node) is not { } rule) return null;
        if (rule.IsShapeOperand(node, slot) || rule.IndexedAxis(node, slot) is not null) return ElementType.Int64;
        return Enumerable.Range(0, node.Inputs.Length)
            .Where(other => other != slot && node.Inputs[other] is not null && !rule.IsShapeOperand(node, other))
            .Select(other => analysis.Shapes[node.Inputs[other]!].Type)
            .Where(type => ElementTypes.IsFloat(type))
            .Select(type => (ElementType?)type)
            .FirstOrDefault();
    }
}
