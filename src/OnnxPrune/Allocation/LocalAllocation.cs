namespace OnnxPrune.Allocation;

/// <summary>Takes the same share of every group: the next step is the one after which its group has lost least of itself.</summary>
internal static class LocalAllocation
{
    /// <summary>The local allocation.</summary>
    public static int[] Solve(AllocationProblem problem)
    {
        var allocation = new int[problem.Groups.Count];
        var point = problem.PointAt(allocation);
        var steps = problem.Groups.SelectMany(
            (g, i) => Enumerable.Range(1, g.Count).Select(k => (Share: (double)g.Removed(k) / g.Size, Group: i, Steps: k)));
        foreach (var (_, group, taken) in steps.Order())
        {
            if (point.Total <= problem.Limit) break;
            allocation[group] = taken;
            point.Move(group, problem.Groups[group].Kept(taken));
        }
        return allocation;
    }
}
