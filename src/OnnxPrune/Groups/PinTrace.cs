using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>
/// Finds out how a pin reached an axis: the shortest chain of nodes, each of which demands by itself that indices of its values leave
/// together, from the axis to the node that pinned them. Every axis on the way is pinned for that reason.
/// </summary>
internal sealed class PinTrace
{
    private readonly ModelAnalysis analysis;
    private readonly NodeCouplings couplings;
    private readonly ILookup<int, Node> touching;

    /// <summary>Prepares the traces of a model.</summary>
    public PinTrace(ModelAnalysis analysis)
    {
        this.analysis = analysis;
        couplings = new NodeCouplings(analysis.Shapes, analysis.Operators.Find);
        touching = analysis.Graph.Nodes.SelectMany(ValuesOf, (node, value) => (node, value.Id)).ToLookup(t => t.Id, t => t.node);
    }

    /// <summary>Why indices of an axis are pinned, in order of occurrence; empty for an axis of size 1.</summary>
    public IReadOnlyList<PinReason> Reasons(Value value, int axis) => [.. Pins(value, axis).Where(reason => reason.Operator.Length > 0).Distinct()];

    /// <summary>
    /// The chain from an axis to a place that <paramref name="reason"/> speaks of: a value of its node, or an input or output of the graph.
    /// Empty where there is none.
    /// </summary>
    public IReadOnlyList<AxisHop> Path(Value value, int axis, PinReason reason)
    {
        var size = SizeOf(value, axis);
        var hops = new List<AxisHop> { new(null, value, axis, -1) };
        var ranges = new List<IndexRange> { new(value, axis, 0, size.IsKnown ? size[Size.Nominal] : 1) };
        var seen = new HashSet<(IndexRange, bool)> { (ranges[0], false) };
        for (int at = 0; at < hops.Count; at++)
        {
            if (IsEnd(hops[at], reason)) return Back(hops, at);
            foreach (var (hop, range) in Next(hops[at], ranges[at], at, reason))
            {
                if (!seen.Add((range, hop.Axis is null))) continue;
                hops.Add(hop);
                ranges.Add(range);
            }
        }
        return [];
    }

    private static IEnumerable<Value> ValuesOf(Node node) => node.Reads.Concat(node.Outputs.OfType<Value>()).Distinct();

    private IEnumerable<(AxisHop Hop, IndexRange Range)> Next(AxisHop hop, IndexRange range, int at, PinReason reason)
    {
        foreach (var node in touching[hop.Value.Id])
        {
            if (reason.ConcernsSize && analysis.Shapes.IsShapeArithmetic(node))
            {
                foreach (var size in node.Outputs.OfType<Value>().Where(o => o != hop.Value))
                    yield return (new AxisHop(node, size, null, at), new IndexRange(size, 0, 0, 0));
            }
            if (hop.Axis is null) continue;
            foreach (var coupled in couplings.Coupled(node, range).Where(r => Pins(r.Value, r.Axis).Contains(reason)))
                yield return (new AxisHop(node, coupled.Value, coupled.Axis, at), coupled);
        }
    }

    private bool IsEnd(AxisHop hop, PinReason reason)
    {
        if (hop.Axis is null != reason.ConcernsSize) return false;
        if (reason.Node.Length > 0) return touching[hop.Value.Id].Any(node => node.Label == reason.Node);
        return reason.Operator != "graph" || hop.Value.IsOutput || (hop.Value.IsInput && !reason.ConcernsSize);
    }

    private IEnumerable<PinReason> Pins(Value value, int axis) =>
        analysis.Layouts.LayoutOf(value) is { } layout ? analysis.Layouts.Unifier.Substitution.Pins(layout[axis]) : [];

    private Size SizeOf(Value value, int axis) => analysis.Layouts.Unifier.Arena.SizeOf(analysis.Layouts.LayoutOf(value)![axis]);

    private static List<AxisHop> Back(List<AxisHop> hops, int at)
    {
        var path = new List<AxisHop>();
        for (; at >= 0; at = hops[at].From) path.Add(hops[at]);
        path.Reverse();
        return [.. path.Select((hop, i) => hop with { From = i - 1 })];
    }
}
