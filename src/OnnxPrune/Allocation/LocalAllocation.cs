namespace OnnxPrune.Allocation;

/// <summary>
/// Takes the same share of every group: the next step is the one after which its group has lost least of itself. Groups that are nested in each other
/// count together, by their product: the inner group loses indices only where the outer group cannot lose the share alone.
/// </summary>
internal static class LocalAllocation
{
    /// <summary>The local allocation.</summary>
    public static int[] Solve(AllocationProblem problem)
    {
        var allocation = new int[problem.Groups.Count];
        var point = problem.PointAt(allocation);
        var steps = problem.Groups.SelectMany(
            (g, i) => Enumerable.Range(1, g.Count).Select(k => (Share: ShareAfter(problem, i, k), Group: i, Steps: k)));
        foreach (var (_, group, taken) in steps.Order())
        {
            if (point.Total <= problem.Limit) break;
            allocation[group] = taken;
            point.Move(group, problem.Groups[group].Kept(taken));
        }
        return allocation;
    }

    // Of the product with the groups outside, which are as small as they may be by then.
    private static double ShareAfter(AllocationProblem problem, int group, int steps)
    {
        double share = Share(problem.Groups[group], steps);
        if (problem.Nesting.Count == 0 || problem.Nesting[group].Length == 0) return share;
        return 1 - (problem.Nesting[group].Aggregate(1.0, (left, outer) => left * (1 - Share(problem.Groups[outer], problem.Groups[outer].Count))) * (1 - share));
    }

    private static double Share(GroupSteps group, int steps) => (double)group.Removed(steps) / group.Size;
}
