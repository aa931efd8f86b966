using OnnxPrune.Allocation;
using OnnxPrune.Groups;

namespace OnnxPrune.Planning;

/// <summary>What may leave: where options leave that open, as little as the budget can be met with.</summary>
/// <param name="Groups">The groups to prune.</param>
/// <param name="Limits">What limits the allocation; the largest share of a group is decided.</param>
/// <param name="Notes">What was done beyond what was asked for.</param>
internal sealed record PlanReach(IReadOnlyList<ChannelGroup> Groups, AllocationOptions Limits, IReadOnlyList<string> Notes)
{
    private const string Widened =
        "whole heads and groups are not enough for the budget: head sizes and channels in groups are pruned, too";

    private static readonly string Lowered = FormattableString.Invariant(
        $"the budget is out of reach while every group keeps at least {1 - AllocationOptions.UsualMaxSparsity:0%}: groups may lose more");

    /// <summary>The first that is enough: whole heads and groups before what is inside, and no group almost gone before some are; else all.</summary>
    public static PlanReach Of(ModelAnalysis analysis, PruneOptions options)
    {
        var choices = Choices(analysis, options);
        var reaches = options.Allocation.MaxSparsities.SelectMany((sparsity, s) => choices.Select((groups, c) =>
            new PlanReach(
                groups,
                options.Allocation with { MaxSparsity = sparsity },
                [.. c > 0 ? [Widened] : Array.Empty<string>(), .. s > 0 ? [Lowered] : Array.Empty<string>()])));
        return reaches.FirstOrDefault(r => Allocator.Least(analysis, r.Groups, options.Budget.Kind, r.Limits) <= options.Budget.Fraction)
            ?? reaches.Last();
    }

    /// <summary>
    /// The groups to prune; where granularity is automatic and that leaves some out, then also with these, for budgets that need them.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<ChannelGroup>> Choices(ModelAnalysis analysis, PruneOptions options)
    {
        var accepted = Planner.Accepted(analysis, options);
        var chosen = options.Granularity.Choose(accepted);
        return options.Granularity == Granularity.Auto && chosen.Count < accepted.Count ? [chosen, accepted] : [chosen];
    }
}
