using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;

namespace OnnxPrune.Planning;

/// <summary>Makes plans, and reads from them which channels stay.</summary>
public static class Planner
{
    /// <summary>Scores the groups by their weights, spends the budget, and writes down what stays.</summary>
    /// <exception cref="OnnxPruneException">OP2001 the criterion needs calibration data, OP4001 nothing to prune, OP4002 budget out of
    /// reach.</exception>
    public static PruningPlan Plan(ModelAnalysis analysis, PruneOptions options) =>
        Plan(analysis, options, groups => Importance(analysis, options, groups));

    /// <summary>Spends the budget and writes down what stays.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="importance">The curves of the groups that it is given; those that have none are left whole.</param>
    /// <param name="allocate">Chooses a mask per curve within limits; null for the allocation of the options' scope.</param>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 budget out of reach.</exception>
    public static PruningPlan Plan(
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
        var planned = curves.Select((c, i) => Describe(c.Group, kept[i], scores[i]));
        return Write(analysis, Describe(options, limits), planned, [.. notes, .. rounding]);
    }

    /// <summary>The groups of any kind that the options allow to prune.</summary>
    public static IReadOnlyList<ChannelGroup> Accepted(ModelAnalysis analysis, PruneOptions options)
    {
        var filter = new GroupFilter(analysis, options);
        return [.. analysis.Groups.Where(filter.Accepts)];
    }

    /// <summary>A plan of masks that were made elsewhere.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="options">The options to record in the plan; the budget is the remaining share.</param>
    /// <param name="kept">The mask of each variable that loses channels.</param>
    public static PruningPlan Of(ModelAnalysis analysis, PruneOptions options, IReadOnlyDictionary<Term, bool[]> kept)
    {
        var planned = analysis.Groups.Where(g => kept.ContainsKey(g.Variable)).Select(g => Describe(g, kept[g.Variable], null));
        return Write(analysis, Describe(options, options.Allocation), planned, []);
    }

    private static PruningPlan Write(ModelAnalysis analysis, PlanOptions options, IEnumerable<PlannedGroup> changed, IReadOnlyList<string> notes)
    {
        var planned = changed.ToDictionary(g => g.Id);
        var all = analysis.Groups
            .Select(g => planned.TryGetValue(g.Id, out var p) ? p : Describe(g, [.. Enumerable.Repeat(true, g.Size)], null))
            .ToList();
        var normalized = analysis.Graph.Model;
        var model = new PlannedModel(Path.GetFileName(analysis.Source.Path), ModelHash.Structure(normalized), ModelHash.Weights(normalized));
        return new PruningPlan(PruningPlan.CurrentSchema, ToolVersion.Text, model, options, Totals(analysis, all), all, notes);
    }

    private static IReadOnlyList<GroupCurve> Importance(ModelAnalysis analysis, PruneOptions options, IReadOnlyList<ChannelGroup> groups) =>
        options.Criterion is WeightCriterion weights
            ? GroupCurve.Of(groups, ImportanceScores.Compute(analysis, groups, weights, options.Aggregation, options.Normalization, options.Seed))
            : throw new OnnxPruneException(ErrorCodes.InvalidOption, $"the criterion {options.Criterion} needs calibration data, and there are none");

    // Scores count importance; measured curves count the error of the outputs.
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
            throw new OnnxPruneException(e.Code, e.Message + BudgetAdvice.For(analysis, options), e.File, e);
        }
    }

    /// <summary>The masks of the variables that lose channels.</summary>
    /// <param name="analysis">The model to prune.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="otherWeights">True to accept other weights of the same structure.</param>
    /// <exception cref="OnnxPruneException">OP4003 not a plan for these groups, OP4004 other structure, OP4005 other weights.</exception>
    public static IReadOnlyDictionary<Term, bool[]> Masks(ModelAnalysis analysis, PruningPlan plan, bool otherWeights = false)
    {
        var normalized = analysis.Graph.Model;
        if (plan.Model.StructureHash != ModelHash.Structure(normalized))
            throw new OnnxPruneException(
                ErrorCodes.PlanStructureMismatch,
                $"the plan was made for a model of another structure ({plan.Model.File}); make a new plan",
                analysis.Source.Path);
        if (!otherWeights && plan.Model.WeightsHash != ModelHash.Weights(normalized))
            throw new OnnxPruneException(
                ErrorCodes.PlanWeightsMismatch,
                "the plan was made for other weights of this structure; allow that with --other-weights, or make a new plan",
                analysis.Source.Path);
        var groups = analysis.Groups.ToDictionary(g => g.Id);
        var masks = new Dictionary<Term, bool[]>();
        foreach (var planned in plan.Groups.Where(g => g.KeptCount < g.Size))
        {
            if (!groups.TryGetValue(planned.Id, out var group) || group.Size != planned.Size || !(group.IsExact || plan.Options.AllowApproximate))
                throw new OnnxPruneException(
                    ErrorCodes.NotAPlan,
                    $"the model has no {(plan.Options.AllowApproximate ? "" : "exact ")}group {planned.Id} of {planned.Size} channels; "
                        + "make a new plan",
                    analysis.Source.Path);
            masks[group.Variable] = KeptRanges.Parse(planned.Kept, planned.Size);
        }
        return masks;
    }

    private static PlannedGroup Describe(ChannelGroup group, bool[] kept, double[]? scores)
    {
        var slices = group.Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]").ToList();
        var importance = scores is null ? null : new ImportanceSummary(Short(scores.Min()), Short(scores.Average()), Short(scores.Max()));
        return new PlannedGroup(
            group.Id, group.Size, KeptRanges.Format(kept), kept.Count(k => k), group.IsExact, importance, slices, group.Kind.Name());
    }

    private static double Short(double number) => Math.Round(number, 6);

    private static PlanOptions Describe(PruneOptions options, AllocationOptions limits) => new(
        options.Budget.ToString(),
        options.Criterion.Name,
        Word(options.Normalization),
        Word(limits.Scope),
        limits.RoundTo,
        limits.MinChannels,
        limits.MaxSparsities[^1],
        options.Seed,
        options.Include,
        options.Exclude,
        options.Dimensions,
        options.Granularity.ToString(),
        options.AllowApproximate,
        Word(options.Aggregation),
        options.Recover,
        options.Calibration);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static PlanTotals Totals(ModelAnalysis analysis, List<PlannedGroup> planned)
    {
        var kept = analysis.Groups.Zip(planned).ToDictionary(p => p.First.Variable, p => (long?)p.Second.KeptCount);
        var before = analysis.Cost.Total(_ => null);
        var after = analysis.Cost.Total(leaf => kept.GetValueOrDefault(leaf));
        return new PlanTotals(Describe(before, planned.Sum(g => g.Size)), Describe(after, planned.Sum(g => g.KeptCount)));
    }

    private static PlanCost Describe(Cost cost, long channels) =>
        new((long)cost.Macs, (long)cost.Parameters, (long)Math.Ceiling(cost.Bytes), channels);
}
