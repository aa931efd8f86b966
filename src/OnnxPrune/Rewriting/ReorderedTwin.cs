using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>The original with the indices of variables in another order, in every initializer that they occur in.</summary>
internal sealed class ReorderedTwin(
    ModelAnalysis analysis, IReadOnlyDictionary<Term, int[]> orders, Func<TensorProto, TensorProto> weights, bool everyOther)
{
    private readonly AxisOrders axes = new(analysis.Layouts.Unifier.Substitution, orders);
    private readonly NameAllocator names = new(analysis.Graph.Model.Graph);
    private readonly Dictionary<int, string> renamed = [];
    private bool leaves;

    public ModelProto Run()
    {
        var model = analysis.Graph.Model.Clone();
        model.Graph.Initializer.Clear();
        var originals = analysis.Graph.Initializers.Select(v => v.Initializer!).Distinct<TensorProto>(ReferenceEqualityComparer.Instance);
        model.Graph.Initializer.AddRange(originals.Select(weights));
        model.Graph.Initializer.AddRange(analysis.Graph.Initializers.Select(Reordered).OfType<TensorProto>().ToList());
        model.Graph.Node.Clear();
        model.Graph.Node.AddRange(analysis.Graph.Nodes.Select(Renamed));
        return model;
    }

    private TensorProto? Reordered(Value value)
    {
        var order = analysis.Layouts.LayoutOf(value)!.Select(axes.Of).ToList();
        if (order.TrueForAll(o => o is null)) return null;
        leaves = everyOther && !leaves;
        if (leaves) return null;
        var tensor = TensorSlicer.Take(weights(value.Initializer!), order);
        tensor.Name = renamed[value.Id] = names.Unique(tensor.Name);
        return tensor;
    }

    private NodeProto Renamed(Node node)
    {
        var proto = node.Proto.Clone();
        for (int i = 0; i < proto.Input.Count; i++)
            if (node.Inputs[i] is { } value && renamed.TryGetValue(value.Id, out string? name)) proto.Input[i] = name;
        foreach (string attribute in analysis.Operators.Find(node)?.FeatureAttributes(node) ?? []) Reorder(node, proto, attribute);
        return proto;
    }

    private void Reorder(Node node, NodeProto proto, string attribute)
    {
        if (axes.Of(analysis.Layouts.LayoutOf(node.Inputs[0]!)![^1]) is not { } order) return;
        var numbers = proto.Attribute.Single(a => a.Name == attribute).Floats;
        float[] reordered = [.. order.Select(index => numbers[index])];
        numbers.Clear();
        numbers.AddRange(reordered);
    }
}
