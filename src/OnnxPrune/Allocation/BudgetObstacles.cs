using OnnxPrune.Groups;

namespace OnnxPrune.Allocation;

/// <summary>What stands in the way of a budget: the largest weights that are not prunable, and why.</summary>
internal static class BudgetObstacles
{
    private const int Most = 3;

    /// <summary>A clause for a message; empty where nothing does.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups that may lose channels.</param>
    public static string Of(ModelAnalysis analysis, IEnumerable<ChannelGroup> groups)
    {
        var open = groups.Select(g => g.Variable).ToHashSet();
        var pinned = Coverage.Of(analysis, g => open.Contains(g.Variable)).Pinned.Take(Most).Select(p => $"{p.Axes[0]} ({p.Reason})");
        var closed = analysis.Groups.Where(g => !g.IsExact && !open.Contains(g.Variable)).ToList();
        var weights = CostPolynomial.Of(analysis, closed, BudgetKind.Params);
        int[] sizes = [.. closed.Select(g => g.Size)];
        var approximate = Enumerable.Range(0, closed.Count).OrderByDescending(i => weights.Touching(i).Sum(s => weights.At(s, sizes))).Take(Most)
            .Select(i => $"{closed[i].Id} ({closed[i].ApproximateBecause}, only approximate)");
        var all = pinned.Concat(approximate).ToList();
        return all.Count == 0 ? "" : $"; not prunable are among others {string.Join(", ", all)}";
    }
}
