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
        var layers = new WeightLayers(analysis);
        var found = from weight in GroupFinder.Weights(analysis.Layouts, analysis.Operators.Find)
                    from pin in PinsOf(analysis, weight)
                    group (weight, pin.Axis) by pin.Reason into g
                    select new PinnedAxes(
                        g.Key,
                        [.. g.Select(p => $"{p.weight.Name}[{p.Axis}]")],
                        g.Select(p => p.weight).Distinct().Sum(w => Tensors.Count(w.Initializer!)),
                        layers.Macs(g.Select(p => p.weight)));
        return found.OrderByDescending(p => p.Parameters).ThenBy(p => p.Axes[0], StringComparer.Ordinal).ToList();
    }

    // The window of a convolution is a reason only for weights that have no other axes.
    private static List<(int Axis, PinReason Reason)> PinsOf(ModelAnalysis analysis, Value weight)
    {
        var arena = analysis.Layouts.Unifier.Arena;
        var terms = weight.Initializer!.Dims.Select((size, axis) => (Size: size, Axis: axis, Term: analysis.Layouts.Resolved(weight, axis)))
            .Where(a => a.Size > 1).ToList();
        var pins = terms.Where(a => arena.Kind(a.Term) == TermKind.Fixed).Select(a => (a.Axis, Reason: arena.Reason(a.Term)))
            .Where(p => p.Reason.Operator.Length > 0).ToList();
        bool isPinnedWhole = pins.Count == terms.Count && pins.TrueForAll(p => p.Reason.Why == PinReason.NeverPruned);
        return isPinnedWhole ? pins : pins.FindAll(p => p.Reason.Why != PinReason.NeverPruned);
    }
}

/// <summary>Weight axes that one reason pins.</summary>
/// <param name="Reason">Who pins them, and why.</param>
/// <param name="Axes">The axes, as <c>conv1.weight[1]</c>.</param>
/// <param name="Parameters">Elements of the weights that have these axes.</param>
/// <param name="Macs">MACs of the layers that compute with these weights (<see cref="WeightLayers"/>).</param>
internal sealed record PinnedAxes(PinReason Reason, IReadOnlyList<string> Axes, long Parameters, long Macs);
