using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>A node whose MACs the total does not hold, or not in full: the total is a lower bound.</summary>
/// <param name="Node">The node, as messages name it.</param>
/// <param name="Why">The reason.</param>
internal sealed record Uncounted(string Node, string Why)
{
    private const string UnknownSize = "an unknown size counts as 1";

    /// <summary>The nodes of a graph and of all sub-graphs in it, in topological order.</summary>
    public static IEnumerable<Uncounted> In(LayoutInference layouts, LayoutRules rules) =>
        layouts.Shapes.Graph.Nodes.Where(node => !layouts.Shapes.IsShapeArithmetic(node)).SelectMany(node => Of(layouts, rules, node));

    private static IEnumerable<Uncounted> Of(LayoutInference layouts, LayoutRules rules, Node node)
    {
        if (rules(node) is not { } rule) return [new Uncounted(node.Label, "no rule counts its operator")];
        if (node.Bodies.Count > 0) return OfBodies(layouts, rules, node);
        if (!layouts.Understands(node)) return Counts(layouts, rule, node) ? [new Uncounted(node.Label, "its shapes are unknown")] : [];
        return CostModel.Products(layouts, rules, node).Any(axes => axes.Any(axis => !layouts.Unifier.Arena.SizeOf(axis).IsCounted))
            ? [new Uncounted(node.Label, UnknownSize)]
            : [];
    }

    private static IEnumerable<Uncounted> OfBodies(LayoutInference layouts, LayoutRules rules, Node node)
    {
        var runs = layouts.Shapes.RunsOf(node);
        if (runs.Count == 0) return [new Uncounted(node.Label, "its sub-graph is not counted")];
        var inside = runs.SelectMany(run => In(layouts.OfBody(run), rules)).Select(u => u with { Node = $"{node.Label}/{u.Node}" });
        bool isEndless = runs.Any(run => !run.Times.IsCounted) && BodyCosts.Macs(layouts, rules, node).Any();
        return isEndless ? inside.Prepend(new Uncounted(node.Label, "an unknown number of iterations counts as 1")) : inside;
    }

    // Without its axes, a rule that counts them fails.
    private static bool Counts(LayoutInference layouts, ILayoutRule rule, Node node)
    {
        var context = new MacContext(layouts, node);
        try
        {
            rule.CountMacs(context);
            return context.Products.Count > 0;
        }
        catch (Exception e) when (e is InfeasibleShapeException or KeyNotFoundException || Diagnostics.Errors.IsMisfit(e))
        {
            return true;
        }
    }
}
