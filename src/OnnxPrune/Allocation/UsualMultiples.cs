using OnnxPrune.Groups;
using OnnxPrune.Importance;
using static System.FormattableString;

namespace OnnxPrune.Allocation;

/// <summary>
/// Decides, where nobody says what kept channels are a multiple of, whether that is what kernels compute fast. That saves more time than removing a
/// tenth more would, and usually costs next to nothing; but in a model of a few small groups such steps are so large that they cost more than that.
/// </summary>
internal static class UsualMultiples
{
    // Multiples may leave less than the budget, down to this share of it, and lose what any number of channels loses on that share.
    private const double AsGood = 0.9;

    /// <summary>The limits, with multiples of 1 where others lose too much; and a note of that. A budget of latency is for fast kernels.</summary>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 the budget is out of reach.</exception>
    public static (AllocationOptions Limits, IReadOnlyList<string> Notes) Decide(
        ModelAnalysis analysis, IReadOnlyList<GroupCurve> curves, Budget budget, AllocationOptions limits)
    {
        if (limits.RoundTo is not null || budget.Kind == BudgetKind.Latency) return (limits, []);
        var any = limits with { RoundTo = 1 };
        AllocationProblem with = Problem(limits), without = Problem(any);
        var (rounded, free) = (Outcome(with), Outcome(without));
        if (rounded.Cost < AsGood * free.Cost) return (any, [Note(Invariant($"leave {100 * budget.Fraction * rounded.Cost / with.Limit:0.0}%"))]);
        if (rounded.Lost <= Outcome(without with { Limit = AsGood * without.Limit }).Lost) return (limits, []);
        return (any, [Note(free.Lost > 0 ? Invariant($"lose {rounded.Lost / free.Lost:0.0} times as much") : "lose more")]);

        AllocationProblem Problem(AllocationOptions within) => Allocator.Problem(analysis, curves, budget, within);

        (double Cost, double Lost) Outcome(AllocationProblem problem)
        {
            int[] allocation = Allocator.Solve(problem, limits.Scope == Scope.Local ? Scope.Local : Scope.Global);
            return (problem.PointAt(allocation).Total, problem.DistortionOf(allocation));
        }
    }

    private static string Note(string would) =>
        $"multiples of 4 or 8 channels, which are faster, would {would}: groups keep any number (--round-to 4 asks for them)";
}
