using System.Globalization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>
/// Decides which channels stay. Every scope ends within one step below the budget; all but the local one so that no step of any group
/// could be given back without exceeding it.
/// </summary>
internal static class Allocator
{
    /// <summary>The kept channels of each group.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="curves">The groups that may lose channels, and what they lose with them.</param>
    /// <param name="budget">What may remain.</param>
    /// <param name="options">What limits the allocation.</param>
    /// <returns>A mask per group: true where the channel stays.</returns>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 the budget is out of reach.</exception>
    public static IReadOnlyList<bool[]> Allocate(ModelAnalysis analysis, IReadOnlyList<GroupCurve> curves, Budget budget, AllocationOptions options)
    {
        var problem = Problem(analysis, curves, budget, options);
        return Masks(problem, curves, Solve(problem, options.Scope));
    }

    /// <summary>
    /// The share that remains when all that may leave has left: no budget below it can be met. Shares that are left to the allocation are the largest
    /// it would take.
    /// </summary>
    public static double Least(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, BudgetKind kind, AllocationOptions options)
    {
        if (groups.Count == 0) return 1;
        var cost = CostPolynomial.Of(analysis, groups, kind);
        double sparsity = options.MaxSparsities[^1];
        return cost.At([.. groups.Select(g => g.Size - GroupSteps.Removals(g, options, sparsity).Last())]) / cost.At([.. groups.Select(g => g.Size)]);
    }

    /// <summary>The decision to make.</summary>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 the budget is out of reach.</exception>
    internal static AllocationProblem Problem(ModelAnalysis analysis, IReadOnlyList<GroupCurve> curves, Budget budget, AllocationOptions options)
    {
        List<ChannelGroup> groups = [.. curves.Select(c => c.Group)];
        if (groups.Count == 0 && budget.Fraction < 1)
            throw new OnnxPruneException(ErrorCodes.NothingToPrune, $"no group of channels can be pruned{BudgetObstacles.Of(analysis, groups)}");
        foreach (double sparsity in options.MaxSparsities)
        {
            var problem = AllocationProblem.Of(analysis, curves, budget, options, sparsity);
            if (problem.Cost.At([.. problem.Groups.Select(g => g.Kept(g.Count))]) <= problem.Limit) return problem;
        }
        throw new OnnxPruneException(ErrorCodes.BudgetOutOfReach, string.Create(
            CultureInfo.InvariantCulture,
            $"the budget {budget} is out of reach: with the given constraints {100 * Least(analysis, groups, budget.Kind, options):0.0}% remain "
            + $"at least{BudgetObstacles.Of(analysis, groups)}"));
    }

    /// <summary>The allocation of a scope.</summary>
    internal static int[] Solve(AllocationProblem problem, Scope scope) => scope switch
    {
        Scope.Local => LocalAllocation.Solve(problem),
        Scope.Global => GlobalAllocation.Solve(problem),
        _ => DynamicAllocation.Solve(problem),
    };

    /// <summary>The masks of an allocation: the channels that come first in a group's curve leave.</summary>
    internal static IReadOnlyList<bool[]> Masks(AllocationProblem problem, IReadOnlyList<GroupCurve> curves, int[] allocation)
    {
        var masks = new List<bool[]>();
        for (int g = 0; g < allocation.Length; g++)
        {
            bool[] mask = [.. Enumerable.Repeat(true, curves[g].Group.Size)];
            foreach (int channel in curves[g].Order.Take(problem.Groups[g].Removed(allocation[g]))) mask[channel] = false;
            masks.Add(mask);
        }
        return masks;
    }
}
