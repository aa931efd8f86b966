using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>Everything that a group of channels is coupled with: each axis once, by the shortest chain of nodes from its first weight axis.</summary>
internal static class GroupTrace
{
    /// <summary>The axes in breadth-first order, from the group's first weight axis; <see cref="AxisHop.From"/> is the previous axis.</summary>
    public static IReadOnlyList<AxisHop> Of(ModelAnalysis analysis, ChannelGroup group)
    {
        var axes = analysis.Graph.Nodes
            .SelectMany(node => node.Reads.Concat(node.Outputs.OfType<Value>()).Distinct(), (node, value) => (Node: node, Value: value))
            .SelectMany(touch => AxesWith(analysis, touch.Value, group.Variable), (touch, axis) => (touch.Node, touch.Value, Axis: axis)).ToList();
        var byNode = axes.ToLookup(a => a.Node);
        var nodes = axes.ToLookup(a => a.Value, a => a.Node);
        var first = group.Slices[0];
        var hops = new List<AxisHop> { new(null, first.Weight, first.Axis, -1) };
        var seen = new HashSet<(Value, int)> { (first.Weight, first.Axis) };
        for (int at = 0; at < hops.Count; at++)
        {
            foreach (var node in nodes[hops[at].Value].Distinct())
                foreach (var (_, value, axis) in byNode[node].Where(a => seen.Add((a.Value, a.Axis)))) hops.Add(new AxisHop(node, value, axis, at));
        }
        return hops;
    }

    private static IEnumerable<int> AxesWith(ModelAnalysis analysis, Value value, Term variable)
    {
        var layout = analysis.Layouts.LayoutOf(value) ?? [];
        return Enumerable.Range(0, layout.Count).Where(axis => analysis.Layouts.Unifier.Substitution.Leaves(layout[axis]).Contains(variable));
    }
}
