namespace OnnxPrune.Allocation;

/// <summary>
/// The least total distortion within the limit. For costs that add up the knapsack is exact. Real ones are products of the sizes of several
/// groups: the cost of each group is taken with all others as they are in the best allocation so far, the knapsack solved, its solution
/// brought within the exact limit, and this is repeated while it helps; where it does not, groups may move only half as far. The start is
/// the greedy allocation, so that the result never loses more.
/// </summary>
internal static class DynamicAllocation
{
    private const int MostRounds = 32;

    /// <summary>The allocation.</summary>
    public static int[] Solve(AllocationProblem problem) => Improve(problem, GreedyAllocation.Solve(problem));

    /// <summary>
    /// The best allocation that is found from one within the limit. It never loses more than that one. Where weights are not numbers, losses cannot be
    /// compared, and the allocation stays.
    /// </summary>
    public static int[] Improve(AllocationProblem problem, int[] allocation)
    {
        int[] best = allocation;
        double least = problem.DistortionOf(best);
        if (!double.IsFinite(least)) return best;
        int reach = problem.Groups.Select(g => g.Count).DefaultIfEmpty(0).Max();
        for (int round = 0; round < MostRounds && reach > 0; round++)
        {
            int[] next = GreedyAllocation.Repair(problem, Around(problem, best, reach));
            double distortion = problem.DistortionOf(next);
            if (distortion < least) (best, least) = (next, distortion);
            else reach /= 2;
        }
        return best;
    }

    // The solution of the knapsack whose costs are those around an allocation, where no group moves by more than so many steps.
    private static int[] Around(AllocationProblem problem, int[] allocation, int reach)
    {
        var point = problem.PointAt(allocation);
        int[] first = [.. allocation.Select(steps => Math.Max(0, steps - reach))];
        double[][] costs = new double[allocation.Length][], losses = new double[allocation.Length][];
        for (int g = 0; g < allocation.Length; g++)
        {
            var steps = problem.Groups[g];
            int count = Math.Min(steps.Count, allocation[g] + reach) - first[g] + 1;
            costs[g] = [.. Enumerable.Range(first[g], count).Select(k => -point.Saving(g, steps.Kept(k)))];
            losses[g] = [.. Enumerable.Range(first[g], count).Select(steps.Distortion)];
        }
        int[]? choices = MultipleChoiceKnapsack.Solve(costs, losses, problem.Limit - point.Total);
        return choices is null ? allocation : [.. choices.Select((choice, g) => first[g] + choice)];
    }
}
