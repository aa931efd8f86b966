using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>
/// Measured latency as a polynomial in the kept sizes, as the other costs are. The work of nodes is their multiply-accumulates, or, where
/// they have none, the elements that the first of them computes.
/// </summary>
internal static class LatencyCost
{
    /// <summary>
    /// The remaining share of the nodes' work, 0 to 1, if <paramref name="kept"/> gives the number of kept indices of each variable.
    /// </summary>
    public static double Share(ModelAnalysis analysis, IReadOnlyList<Node> nodes, Func<Term, long?> kept)
    {
        var work = Summands(analysis, nodes, 1);
        double full = Total(analysis, work, _ => null);
        return full > 0 ? Total(analysis, work, kept) / full : 1;
    }

    /// <summary>The analysis with latency in its cost, for latency budgets.</summary>
    public static ModelAnalysis Add(ModelAnalysis analysis, IReadOnlyList<NodeLatency> times) =>
        analysis.With(analysis.Cost.With(times.SelectMany(t => Summands(analysis, t))));

    private static IEnumerable<CostModel.Summand> Summands(ModelAnalysis analysis, NodeLatency time)
    {
        double full = Total(analysis, Summands(analysis, time.Nodes, 1), _ => null);
        double stays = full > 0 ? time.Fixed : time.Fixed + time.Proportional;
        yield return new CostModel.Summand(time.Nodes[0].Label, [], new Cost(0, 0, 0, stays), time.Nodes[0]);
        if (full > 0) foreach (var summand in Summands(analysis, time.Nodes, time.Proportional / full)) yield return summand;
    }

    private static IReadOnlyList<CostModel.Summand> Summands(ModelAnalysis analysis, IReadOnlyList<Node> nodes, double unit)
    {
        var products = nodes.SelectMany(node => CostModel.Products(analysis.Layouts, analysis.Operators.Find, node)).ToList();
        if (products.Count == 0) products = [.. nodes[0].Outputs.OfType<Value>().Select(analysis.Layouts.LayoutOf).OfType<IReadOnlyList<Term>>()];
        return products.ConvertAll(axes => new CostModel.Summand(nodes[0].Label, axes, new Cost(0, 0, 0, unit), nodes[0]));
    }

    private static double Total(ModelAnalysis analysis, IReadOnlyList<CostModel.Summand> work, Func<Term, long?> kept)
    {
        var sizes = new KeptSizes(analysis.Layouts.Unifier.Substitution, kept);
        return work.Sum(summand => summand.At(sizes).Milliseconds);
    }
}
