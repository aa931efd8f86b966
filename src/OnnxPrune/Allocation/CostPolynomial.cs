using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;

namespace OnnxPrune.Allocation;

/// <summary>
/// What one kind of budget counts, as a polynomial in the numbers of kept indices of the groups in play. Its coefficients are not negative:
/// it never grows as groups shrink, and what one more index saves only falls.
/// </summary>
internal sealed class CostPolynomial
{
    private readonly List<(double Unit, AxisSize[] Axes)> summands = [];
    private readonly List<int>[] touching;

    private CostPolynomial(int groups) => touching = [.. Enumerable.Range(0, groups).Select(_ => new List<int>())];

    /// <summary>The number of summands.</summary>
    public int Count => summands.Count;

    /// <summary>The polynomial of a model.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups in play; those left out keep their size.</param>
    /// <param name="kind">What is counted.</param>
    public static CostPolynomial Of(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, BudgetKind kind)
    {
        var cost = new CostPolynomial(groups.Count);
        if (kind == BudgetKind.Channels)
        {
            var nesting = NestedGroups.Of(groups);
            var outside = nesting.SelectMany(outer => outer).ToHashSet();
            foreach (int g in Enumerable.Range(0, groups.Count).Where(g => !outside.Contains(g)))
            {
                int[] levels = [.. nesting[g], g];
                cost.Add(nesting[g].Aggregate(1.0, (unit, outer) => unit / groups[outer].Size), [.. levels.Select(level => new AxisSize.Channels(level))], levels);
            }
            return cost;
        }
        var substitution = analysis.Layouts.Unifier.Substitution;
        var positions = groups.Select((group, g) => (group.Variable, g)).ToDictionary(p => p.Variable, p => p.g);
        foreach (var summand in analysis.Cost.Summands)
        {
            double unit = kind.Of(summand.Unit);
            if (unit == 0) continue;
            var axes = summand.Axes.Select(axis => AxisSize.Of(substitution, axis, positions));
            var leaves = summand.Axes.SelectMany(substitution.Leaves).Distinct().Where(positions.ContainsKey);
            cost.Add(unit, [.. axes], leaves.Select(leaf => positions[leaf]));
        }
        if (kind == BudgetKind.Latency && cost.Count == 0) throw Unmeasured;
        return cost;
    }

    /// <summary>The positions of the summands that depend on a group.</summary>
    public IReadOnlyList<int> Touching(int group) => touching[group];

    /// <summary>One summand where group g keeps <paramref name="kept"/>[g] indices.</summary>
    public double At(int summand, int[] kept)
    {
        var (product, axes) = summands[summand];
        foreach (var axis in axes) product *= axis.At(kept);
        return product;
    }

    /// <summary>The sum of all.</summary>
    public double At(int[] kept) => Enumerable.Range(0, Count).Sum(i => At(i, kept));

    private static OnnxPruneException Unmeasured =>
        new(ErrorCodes.InvalidOption, "a latency budget needs measured times; add them to the analysis with LatencyCost");

    private void Add(double unit, AxisSize[] axes, IEnumerable<int> groups)
    {
        foreach (int group in groups) touching[group].Add(summands.Count);
        summands.Add((unit, axes));
    }
}
