using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>How much of a model lies in prunable groups, and what keeps the rest.</summary>
/// <param name="Parameters">Share of the parameters that lie on a prunable axis, 0 to 1.</param>
/// <param name="Macs">Share of the MACs that shrink with some group, 0 to 1.</param>
/// <param name="Pinned">What is pinned, largest first.</param>
internal sealed record Coverage(double Parameters, double Macs, IReadOnlyList<PinnedAxes> Pinned)
{
    /// <summary>Measures an analysis, counting the groups that <paramref name="prunable"/> accepts.</summary>
    public static Coverage Of(ModelAnalysis analysis, Func<ChannelGroup, bool> prunable)
    {
        var groups = analysis.Groups.Where(prunable).Select(g => g.Variable).ToHashSet();
        var full = analysis.Cost.Total(_ => null);
        double parameters = 0, macs = 0;
        var all = new KeptSizes(analysis.Layouts.Unifier.Substitution, _ => null);
        var none = new KeptSizes(analysis.Layouts.Unifier.Substitution, leaf => groups.Contains(leaf) ? 0 : null);
        foreach (var summand in analysis.Cost.Summands)
        {
            var lost = CostModel.Plus(summand.At(all), summand.At(none), -1);
            parameters += lost.Parameters;
            macs += lost.Macs;
        }
        return new Coverage(Share(parameters, full.Parameters), Share(macs, full.Macs), PinnedAxesOf(analysis));
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private static List<PinnedAxes> PinnedAxesOf(ModelAnalysis analysis)
    {
        var sizes = new KeptSizes(analysis.Layouts.Unifier.Substitution, _ => null);
        var macs = analysis.Cost.Summands.GroupBy(s => s.Source).ToDictionary(g => g.Key, g => g.Sum(s => s.At(sizes).Macs));
        var readers = analysis.Graph.Nodes.SelectMany(n => n.Inputs.OfType<Value>(), (n, v) => (v.Id, n.Label)).ToLookup(r => r.Id, r => r.Label);
        var found = from weight in GroupFinder.Weights(analysis.Layouts, analysis.Operators.Find)
                    from axis in Enumerable.Range(0, weight.Initializer!.Dims.Count)
                    let term = analysis.Layouts.Resolved(weight, axis)
                    where analysis.Layouts.Unifier.Arena.Kind(term) == TermKind.Fixed && weight.Initializer!.Dims[axis] > 1
                    let reason = analysis.Layouts.Unifier.Arena.Reason(term)
                    where reason.Operator.Length > 0 && reason.Why != PinReason.NeverPruned
                    group (weight, axis) by reason into g
                    select new PinnedAxes(
                        g.Key,
                        [.. g.Select(p => $"{p.weight.Name}[{p.axis}]")],
                        g.Select(p => p.weight).Distinct().Sum(w => Tensors.Count(w.Initializer!)),
                        (long)g.SelectMany(p => readers[p.weight.Id]).Distinct().Sum(label => macs.GetValueOrDefault(label)));
        return found.OrderByDescending(p => p.Parameters).ThenBy(p => p.Axes[0], StringComparer.Ordinal).ToList();
    }
}

/// <summary>Weight axes that one reason pins.</summary>
/// <param name="Reason">Who pins them, and why.</param>
/// <param name="Axes">The axes, as <c>conv1.weight[1]</c>.</param>
/// <param name="Parameters">Elements of the weights that have these axes.</param>
/// <param name="Macs">MACs of the nodes that read these weights.</param>
internal sealed record PinnedAxes(PinReason Reason, IReadOnlyList<string> Axes, long Parameters, long Macs);
