using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Sizes that a graph computes with Shape change when axes shrink. The rewriter repairs shape operands, and folds shape-derived data that is the
/// same at every valuation. Other shape-derived data pins the axes that it depends on.
/// </summary>
internal static class ShapeDependence
{
    public static void PinUnrepairable(LayoutInference inference, LayoutRules rules)
    {
        var shapes = inference.Shapes;
        foreach (var node in shapes.Graph.Nodes.Where(n => !shapes.IsShapeArithmetic(n)))
        {
            for (int slot = 0; slot < node.Inputs.Length; slot++)
            {
                if (node.Inputs[slot] is { } value && shapes.DerivesFromShapes(value) && !Repairable(node, slot, shapes[value], rules))
                    PinSources(inference, value, new PinReason(node.OpType, node.Label, PinReason.ComputesWithSize));
            }
            foreach (var value in node.Captured.Where(shapes.DerivesFromShapes))
                PinSources(inference, value, new PinReason(node.OpType, node.Label, PinReason.ReadsSizeInside));
        }
        foreach (var output in shapes.Graph.Outputs.Where(shapes.DerivesFromShapes))
            PinSources(inference, output, new PinReason("graph", "", PinReason.SizeIsOutput));
    }

    private static bool Repairable(Node node, int slot, TensorType type, LayoutRules rules)
    {
        if (type.Content is not { } content) return false;
        return rules(node)?.IsShapeOperand(node, slot) == true ? content.IsComplete : content.IsConstant;
    }

    private static void PinSources(LayoutInference inference, Value value, PinReason reason)
    {
        var pending = new Stack<(Value Value, IReadOnlyList<int>? Elements)>([(value, null)]);
        var seen = new HashSet<(int, string)>();
        while (pending.TryPop(out var next))
        {
            if (!seen.Add((next.Value.Id, string.Join(',', next.Elements ?? []))) || next.Value.Producer is not { } producer) continue;
            var derived = producer.Inputs.OfType<Value>().Where(inference.Shapes.DerivesFromShapes).ToList();
            foreach (var input in derived) pending.Push((input, ElementsRead(inference.Shapes, producer, input)));
            if (derived.Count == 0) PinAxes(inference, producer, next.Elements, reason);
        }
    }

    // A Gather of constant positions reads only those elements.
    private static IReadOnlyList<int>? ElementsRead(ShapeInference shapes, Node node, Value input)
    {
        if (node.OpType != "Gather" || node.Inputs[0] != input || shapes[input].Shape is not [var count] || !count.IsConcrete) return null;
        return shapes[node.Inputs[1]!].Content?.ToConstants()?.Select(i => (int)(i < 0 ? i + count.Value : i)).ToList();
    }

    private static void PinAxes(LayoutInference inference, Node shapeNode, IReadOnlyList<int>? elements, PinReason reason)
    {
        var layout = inference.LayoutOf(shapeNode.Inputs[0]!) ?? [];
        long start = shapeNode.Int("start", 0);
        int first = (int)(start < 0 ? start + layout.Count : start);
        bool all = elements is null || shapeNode.OpType != "Shape";
        var axes = all ? Enumerable.Range(0, layout.Count) : elements!.Select(e => e + first).Where(a => a >= 0 && a < layout.Count);
        foreach (int axis in axes) inference.Unifier.Substitution.Pin(layout[axis], reason);
    }
}
