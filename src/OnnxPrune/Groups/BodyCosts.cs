using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>
/// What the sub-graphs of If, Loop and Scan cost. Their MACs count as often as they run, those of the most costly branch only where one of several
/// branches runs. Nothing in a sub-graph is pruned, so that all axes are fixed.
/// </summary>
internal static class BodyCosts
{
    /// <summary>The MACs of a node's sub-graphs, as products of axes.</summary>
    public static IEnumerable<(string Source, IReadOnlyList<Term> Axes)> Macs(LayoutInference layouts, LayoutRules rules, Node node)
    {
        var arena = layouts.Unifier.Arena;
        var costs = layouts.Shapes.RunsOf(node).Select(run => (Run: run, Cost: CostModel.Of(layouts.OfBody(run), rules))).ToList();
        if (costs.Exists(c => c.Run.IsAlternative)) costs = [costs.MaxBy(c => c.Cost.Total(_ => null).Macs)];
        return from cost in costs
               from summand in cost.Cost.Summands
               where summand.Unit.Macs > 0
               let sizes = summand.Axes.Select(cost.Cost.SizeOf).Prepend(cost.Run.Times).Where(size => !size.IsOne)
               select ($"{node.Label}/{summand.Source}", (IReadOnlyList<Term>)[.. sizes.Select(size => arena.Fixed(size, PinReason.None))]);
    }

    /// <summary>The weights that a node's sub-graphs read, each once.</summary>
    public static IEnumerable<Value> Weights(LayoutInference layouts, LayoutRules rules, Node node) => layouts.Shapes.RunsOf(node)
        .Select(layouts.OfBody)
        .SelectMany(inner => GroupFinder.Weights(inner, rules).Concat(inner.Shapes.Graph.Nodes.SelectMany(n => Weights(inner, rules, n))))
        .DistinctBy(w => w.Initializer, ReferenceEqualityComparer.Instance);
}
