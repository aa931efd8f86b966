using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;

namespace OnnxPrune.Advanced;

/// <summary>Selects the channels to keep.</summary>
public static class Planner
{
    /// <summary>Scores the groups by their weights and selects channels within the budget.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the criterion needs calibration data; OP4001: the model has no channels to prune; OP4002: the
    /// budget cannot be reached.</exception>
    public static PruningDecision Plan(ModelAnalysis analysis, PruneOptions options) =>
        Plan(analysis, options, groups => Importance(analysis, options, groups));

    /// <summary>Selects channels within the budget.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="options">The options.</param>
    /// <param name="importance">Returns the curves of the given groups. A group without a curve keeps all channels.</param>
    /// <param name="allocate">Chooses a mask per curve within limits; null for the allocation of the scope in the options.</param>
    /// <exception cref="OnnxPruneException">OP4001: the model has no channels to prune; OP4002: the budget cannot be reached.</exception>
    public static PruningDecision Plan(
        ModelAnalysis analysis,
        PruneOptions options,
        Func<IReadOnlyList<ChannelGroup>, IReadOnlyList<GroupCurve>> importance,
        Func<IReadOnlyList<GroupCurve>, AllocationOptions, IReadOnlyList<bool[]>>? allocate = null)
    {
        var (groups, limits, notes) = PlanReach.Of(analysis, options);
        var curves = importance(groups);
        var scores = curves.Select(c => c.Scores()).ToList();
        var weighed = Weighed(analysis, curves, scores, options);
        allocate ??= (from, within) => Allocator.Allocate(analysis, from, options.Budget, within);
        (limits, var rounding) = Advised(analysis, options, () => UsualMultiples.Decide(analysis, weighed, options.Budget, limits));
        var kept = Advised(analysis, options, () => allocate(weighed, limits));
        var masks = curves.Select((c, i) => KeyValuePair.Create(c.Group, kept[i]));
        var summaries = curves.Select((c, i) => (c.Group.Id, Summary: ImportanceSummary.Of(scores[i]))).ToDictionary(s => s.Id, s => s.Summary);
        return new PruningDecision(Cut.Of(analysis, masks), PlanOptions.Of(options, limits), summaries, [.. notes, .. rounding]);
    }

    /// <summary>The groups, of any kind, that the options allow to prune.</summary>
    public static IReadOnlyList<ChannelGroup> Accepted(ModelAnalysis analysis, PruneOptions options)
    {
        var filter = new GroupFilter(analysis, options);
        return [.. analysis.Groups.Where(filter.Accepts)];
    }

    private static IReadOnlyList<GroupCurve> Importance(ModelAnalysis analysis, PruneOptions options, IReadOnlyList<ChannelGroup> groups) =>
        options.Criterion is WeightCriterion weights
            ? GroupCurve.Of(groups, ImportanceScores.Compute(analysis, groups, weights, options.Aggregation, options.Normalization, options.Seed))
            : throw new OnnxPruneException(ErrorCodes.InvalidOption, $"the criterion {options.Criterion} needs calibration data, and there are none");

    // Scores measure importance; measured curves measure the error of the outputs.
    private static IReadOnlyList<GroupCurve> Weighed(
        ModelAnalysis analysis, IReadOnlyList<GroupCurve> curves, IReadOnlyList<double[]> scores, PruneOptions options) =>
        options.Criterion is CurveCriterion
            ? curves
            : ScoreCurves.Of(analysis, [.. curves.Select(c => c.Group)], scores, options.Normalization, options.Budget.Kind);

    private static T Advised<T>(ModelAnalysis analysis, PruneOptions options, Func<T> allocate)
    {
        try
        {
            return allocate();
        }
        catch (OnnxPruneException e) when (e.Code is ErrorCodes.BudgetOutOfReach or ErrorCodes.NothingToPrune)
        {
            throw new OnnxPruneException(e.Code, e.Message + BudgetAdvice.For(analysis, options, raise: e.Code == ErrorCodes.BudgetOutOfReach), e.File, e);
        }
    }
}
