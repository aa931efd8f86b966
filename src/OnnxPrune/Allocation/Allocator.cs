using System.Globalization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;

namespace OnnxPrune.Allocation;

/// <summary>
/// Decides which channels stay: removes one step after the other, in the order of importance (global) or of the share that a group
/// has lost (local), until the budget is met. The result therefore undershoots the budget by less than its last step.
/// </summary>
public sealed class Allocator
{
    private const int MostObstacles = 3;
    private readonly ModelAnalysis analysis;
    private readonly IReadOnlyList<ChannelGroup> groups;
    private readonly Dictionary<Term, int> keptCounts;
    private readonly KeptSizes sizes;
    private readonly Cost[] parts;
    private Cost total;

    private Allocator(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups)
    {
        this.analysis = analysis;
        this.groups = groups;
        keptCounts = groups.ToDictionary(g => g.Variable, g => g.Size);
        sizes = new KeptSizes(analysis.Layouts.Unifier.Substitution, leaf => keptCounts.TryGetValue(leaf, out int count) ? count : null);
        parts = [.. analysis.Cost.Summands.Select(s => s.At(sizes))];
        total = parts.Aggregate(default(Cost), (sum, part) => CostModel.Plus(sum, part, 1));
    }

    /// <summary>The kept channels of each group.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups that may lose channels.</param>
    /// <param name="scores">One score per channel of each group.</param>
    /// <param name="budget">What may remain.</param>
    /// <param name="options">What limits the allocation.</param>
    /// <returns>A mask per group: true where the channel stays.</returns>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 the budget is out of reach.</exception>
    public static IReadOnlyList<bool[]> Allocate(
        ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, IReadOnlyList<double[]> scores, Budget budget, AllocationOptions options)
    {
        if (groups.Count == 0 && budget.Fraction < 1)
            throw new OnnxPruneException(ErrorCodes.NothingToPrune, $"no group of channels can be pruned{new Allocator(analysis, groups).Obstacles()}");
        return new Allocator(analysis, groups).Run(scores, budget, options);
    }

    /// <summary>The share that remains when all that may leave has left: no budget below it can be met.</summary>
    public static double Least(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, BudgetKind kind, AllocationOptions options)
    {
        if (groups.Count == 0) return 1;
        var allocator = new Allocator(analysis, groups);
        double start = allocator.Measure(kind);
        for (int i = 0; i < groups.Count; i++)
            foreach (var step in RemovalStep.Of(groups[i], i, new double[groups[i].Size], options)) allocator.Remove(step);
        return allocator.Measure(kind) / start;
    }

    private List<bool[]> Run(IReadOnlyList<double[]> scores, Budget budget, AllocationOptions options)
    {
        var kept = groups.Select(g => Enumerable.Repeat(true, g.Size).ToArray()).ToList();
        double limit = Measure(budget.Kind) * budget.Fraction;
        double start = Measure(budget.Kind);
        var steps = groups.SelectMany((g, i) => RemovalStep.Of(g, i, scores[i], options));
        foreach (var step in steps.OrderBy(s => s.Key).ThenBy(s => s.Group).ThenBy(s => s.Order))
        {
            if (Measure(budget.Kind) <= limit) return kept;
            foreach (int channel in step.Channels) kept[step.Group][channel] = false;
            Remove(step);
        }
        if (Measure(budget.Kind) <= limit) return kept;
        throw new OnnxPruneException(ErrorCodes.BudgetOutOfReach, OutOfReach(budget, Measure(budget.Kind) / start));
    }

    private void Remove(RemovalStep step)
    {
        var variable = groups[step.Group].Variable;
        keptCounts[variable] -= step.Channels.Count;
        foreach (int i in analysis.Cost.Touching(variable))
        {
            var now = analysis.Cost.Summands[i].At(sizes);
            total = CostModel.Plus(CostModel.Plus(total, parts[i], -1), now, 1);
            parts[i] = now;
        }
    }

    private double Measure(BudgetKind kind) => kind switch
    {
        BudgetKind.Macs => total.Macs,
        BudgetKind.Params => total.Parameters,
        BudgetKind.Bytes => total.Bytes,
        _ => keptCounts.Values.Sum(),
    };

    private string OutOfReach(Budget budget, double least) =>
        string.Create(CultureInfo.InvariantCulture, $"the budget {budget} is out of reach: with the given constraints {100 * least:0.0}% remain at least{Obstacles()}");

    private string Obstacles()
    {
        var open = groups.Select(g => g.Variable).ToHashSet();
        var pinned = Coverage.Of(analysis, g => open.Contains(g.Variable)).Pinned.Take(MostObstacles).Select(p => $"{p.Axes[0]} ({p.Reason})");
        var approximate = analysis.Groups.Where(g => !g.IsExact && !open.Contains(g.Variable)).OrderByDescending(g => Weight(g)).Take(MostObstacles)
            .Select(g => $"{g.Id} ({g.ApproximateBecause}, only approximate)");
        var all = pinned.Concat(approximate).ToList();
        return all.Count == 0 ? "" : $"; not prunable are among others {string.Join(", ", all)}";
    }

    private double Weight(ChannelGroup group) => analysis.Cost.Touching(group.Variable).Sum(i => parts[i].Parameters);
}
