namespace OnnxPrune.Allocation;

/// <summary>
/// The greedy allocation, unless coarse steps lead it far below the limit. Where the last step of a few large groups saves much more than is needed, no
/// single step can be given back, although other steps would save less and lose less: <see cref="DynamicAllocation"/> finds them, and since the number
/// of steps is small there, it takes little time.
/// </summary>
internal static class GlobalAllocation
{
    // The distance below the limit, as a share of the whole cost, from which the exact allocation is worth its time.
    private const double Near = 0.01;

    /// <summary>The allocation. It loses no more than the greedy allocation.</summary>
    public static int[] Solve(AllocationProblem problem)
    {
        int[] greedy = GreedyAllocation.Solve(problem);
        double whole = problem.PointAt(new int[greedy.Length]).Total;
        return problem.PointAt(greedy).Total >= problem.Limit - Near * whole ? greedy : DynamicAllocation.Improve(problem, greedy);
    }
}
