using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Finds the tensors whose elements stand for other numbers, and what they stand for: those that a quantised operator reads, directly or
/// behind operators that only move elements.
/// </summary>
internal sealed class QuantizedTensors
{
    private readonly ShapeInference shapes;
    private readonly Dictionary<int, QuantizedTensor> found = [];

    private QuantizedTensors(ShapeInference shapes) => this.shapes = shapes;

    /// <summary>What the elements of a value stand for, or null where they are just numbers.</summary>
    public QuantizedTensor? this[Value value] => found.GetValueOrDefault(value.Id);

    internal static QuantizedTensors Find(ShapeInference shapes, LayoutRules rules)
    {
        var tensors = new QuantizedTensors(shapes);
        foreach (var node in shapes.Graph.Nodes.Reverse())
        {
            if (rules(node) is { } rule) tensors.Read(node, rule);
        }
        return tensors;
    }

    private void Read(Node node, ILayoutRule rule)
    {
        var moved = node.Outputs is [{ } output, ..] ? this[output]?.Moved() : null;
        for (int slot = 0; slot < node.Inputs.Length; slot++)
        {
            if (node.Inputs[slot] is not { } value || shapes[value].Shape is not { } shape) continue;
            if (rule.QuantizationOf(node, slot) is { } quantization) Add(value, QuantizedTensor.Of(node, quantization, shape, shapes));
            else if (moved is not null && rule.MovesElements(node, slot)) Add(value, moved);
        }
    }

    private void Add(Value value, QuantizedTensor tensor) =>
        found[value.Id] = found.TryGetValue(value.Id, out var known) ? known.And(tensor) : tensor;
}
