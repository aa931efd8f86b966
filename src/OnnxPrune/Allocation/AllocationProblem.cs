using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>
/// What an allocation decides: how many steps each group takes, so that the cost is at most the limit. An allocation is one number of steps per
/// group.
/// </summary>
/// <param name="Groups">The steps of each group.</param>
/// <param name="Cost">The cost of the kept sizes.</param>
/// <param name="Limit">What it may be.</param>
internal sealed record AllocationProblem(IReadOnlyList<GroupSteps> Groups, CostPolynomial Cost, double Limit)
{
    /// <summary>For each group, the groups that it is nested in (<see cref="NestedGroups"/>); empty for a problem without nested groups.</summary>
    public IReadOnlyList<int[]> Nesting { get; init; } = [];

    /// <summary>Creates the problem of a model.</summary>
    public static AllocationProblem Of(
        ModelAnalysis analysis, IReadOnlyList<GroupCurve> curves, Budget budget, AllocationOptions options, double maxSparsity)
    {
        var cost = CostPolynomial.Of(analysis, [.. curves.Select(c => c.Group)], budget.Kind);
        double full = cost.At([.. curves.Select(c => c.Group.Size)]);
        return new AllocationProblem([.. curves.Select(c => GroupSteps.Of(c, options, maxSparsity))], cost, full * budget.Fraction)
        {
            Nesting = NestedGroups.Of([.. curves.Select(c => c.Group)]),
        };
    }

    /// <summary>The point of the cost where an allocation is.</summary>
    public CostPoint PointAt(int[] allocation) => new(Cost, allocation.Select((steps, g) => Groups[g].Kept(steps)));

    /// <summary>What an allocation loses.</summary>
    public double DistortionOf(int[] allocation)
    {
        double sum = 0;
        for (int g = 0; g < allocation.Length; g++) sum += Groups[g].Distortion(allocation[g]);
        return sum;
    }
}
