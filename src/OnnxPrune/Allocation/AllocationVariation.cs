using OnnxPrune.Model;

namespace OnnxPrune.Allocation;

/// <summary>Makes allocations from others. All results are within the limit, and no group of them could give back a step.</summary>
internal sealed class AllocationVariation(AllocationProblem problem, int seed)
{
    private const int MostMoves = 3;
    private readonly ulong stream = SplitMix64.SeedOf("allocation search", seed);
    private ulong drawn;

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Next(int count) => (int)(Uniform() * count);

    /// <summary>A few groups get back some of their steps, and others take steps in their place.</summary>
    public int[] Mutate(int[] allocation)
    {
        int[] mutated = [.. allocation];
        var point = problem.PointAt(mutated);
        for (int moves = 1 + Next(MostMoves); moves > 0; moves--)
        {
            int group = Next(mutated.Length);
            Move(mutated, point, group, Math.Max(0, mutated[group] - Distance(mutated[group])));
            Shrink(mutated, point, group);
        }
        GreedyAllocation.GiveBack(problem, mutated, point);
        return mutated;
    }

    /// <summary>Each group takes as many steps as in one of two allocations, or a number between.</summary>
    public int[] Cross(int[] first, int[] second)
    {
        int[] child = [.. first.Select((steps, g) => Between(steps, second[g]))];
        var point = problem.PointAt(child);
        Shrink(child, point, -1);
        GreedyAllocation.GiveBack(problem, child, point);
        return child;
    }

    private int Between(int a, int b) => Next(3) switch { 0 => a, 1 => b, _ => (a + b) / 2 };

    private double Uniform() => SplitMix64.Uniform(stream, ++drawn);

    // Short moves more often than long ones: at most so many steps, at least one.
    private int Distance(int most)
    {
        double share = Uniform();
        return 1 + (int)(share * share * share * most);
    }

    // Random groups, but one, take steps until the limit is kept; where they are not enough, the greedy ones follow.
    private void Shrink(int[] allocation, CostPoint point, int but)
    {
        List<int> open = [.. Enumerable.Range(0, allocation.Length).Where(g => g != but)];
        while (point.Total > problem.Limit && open.Count > 0)
        {
            int at = Next(open.Count), group = open[at], most = problem.Groups[group].Count - allocation[group];
            if (most == 0 || point.Saving(group, problem.Groups[group].Kept(allocation[group] + 1)) <= 0) open.RemoveAt(at);
            else for (int steps = Distance(most - 1); steps > 0 && point.Total > problem.Limit; steps--)
                Move(allocation, point, group, allocation[group] + 1);
        }
        if (point.Total > problem.Limit && but >= 0) Shrink(allocation, point, -1);
    }

    private void Move(int[] allocation, CostPoint point, int group, int steps)
    {
        allocation[group] = steps;
        point.Move(group, problem.Groups[group].Kept(steps));
    }
}
