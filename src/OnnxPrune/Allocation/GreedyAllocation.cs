namespace OnnxPrune.Allocation;

/// <summary>
/// Takes, one after the other, the step that loses least per unit of cost that it saves at the present sizes of all groups. Marginal costs
/// and convex curves only make a group's next step dearer, so that a key computed earlier is a lower bound, and looking at the top of a
/// queue is exact (lazy evaluation, Minoux 1978).
/// </summary>
internal static class GreedyAllocation
{
    /// <summary>The greedy allocation.</summary>
    public static int[] Solve(AllocationProblem problem) => Repair(problem, new int[problem.Groups.Count]);

    /// <summary>Brings an allocation within the limit by greedy steps, then gives back what is not needed.</summary>
    public static int[] Repair(AllocationProblem problem, int[] allocation)
    {
        int[] repaired = [.. allocation];
        var point = problem.PointAt(repaired);
        Shrink(problem, repaired, point);
        GiveBack(problem, repaired, point);
        return repaired;
    }

    /// <summary>
    /// Gives back last steps, the largest distortion first, as long as the limit holds. Afterwards no group can give back one more.
    /// </summary>
    public static void GiveBack(AllocationProblem problem, int[] allocation, CostPoint point)
    {
        var queue = new PriorityQueue<int, (double Gain, int Group)>();
        void Offer(int group)
        {
            int steps = allocation[group];
            if (steps > 0) queue.Enqueue(group, (problem.Groups[group].Distortion(steps - 1) - problem.Groups[group].Distortion(steps), group));
        }

        for (int g = 0; g < allocation.Length; g++) Offer(g);
        while (queue.TryDequeue(out int group, out _))
        {
            int kept = problem.Groups[group].Kept(allocation[group] - 1);
            if (point.Total - point.Saving(group, kept) > problem.Limit) continue;
            point.Move(group, kept);
            allocation[group]--;
            Offer(group);
        }
    }

    private static void Shrink(AllocationProblem problem, int[] allocation, CostPoint point)
    {
        var queue = new PriorityQueue<int, (double Key, int Group)>();
        void Offer(int group)
        {
            if (KeyOf(problem, allocation, point, group) is { } key) queue.Enqueue(group, (key, group));
        }

        for (int g = 0; g < allocation.Length; g++) Offer(g);
        while (point.Total > problem.Limit && queue.TryDequeue(out int group, out _))
        {
            if (KeyOf(problem, allocation, point, group) is not { } key) continue;
            if (queue.TryPeek(out _, out var next) && next.CompareTo((key, group)) < 0)
            {
                queue.Enqueue(group, (key, group));
                continue;
            }
            point.Move(group, problem.Groups[group].Kept(++allocation[group]));
            Offer(group);
        }
    }

    // Null if a group has no further step that reduces the cost; later steps will not reduce it either.
    private static double? KeyOf(AllocationProblem problem, int[] allocation, CostPoint point, int group)
    {
        var steps = problem.Groups[group];
        int taken = allocation[group];
        if (taken == steps.Count) return null;
        double saving = point.Saving(group, steps.Kept(taken + 1));
        return saving > 0 ? steps.Slope(taken) / (saving / (steps.Kept(taken) - steps.Kept(taken + 1))) : null;
    }
}
