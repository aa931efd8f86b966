using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;

namespace OnnxPrune.Planning;

/// <summary>Makes plans, and reads from them which channels stay.</summary>
public static class Planner
{
    private const string Widened =
        "whole heads and groups are not enough for the budget: head sizes and channels in groups are pruned, too";

    /// <summary>Scores the groups by their weights, spends the budget, and writes down what stays.</summary>
    /// <exception cref="OnnxPruneException">OP2001 the criterion needs calibration data, OP4001 nothing to prune, OP4002 budget out of reach.</exception>
    public static PruningPlan Plan(ModelAnalysis analysis, PruneOptions options) => Plan(analysis, options, groups => Importance(analysis, options, groups));

    /// <summary>Spends the budget and writes down what stays.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="importance">The curves of the groups that it is given; those that have none are left whole.</param>
    /// <exception cref="OnnxPruneException">OP4001 nothing to prune, OP4002 budget out of reach.</exception>
    public static PruningPlan Plan(ModelAnalysis analysis, PruneOptions options, Func<IReadOnlyList<ChannelGroup>, IReadOnlyList<GroupCurve>> importance)
    {
        var choices = Choices(analysis, options);
        bool widens = choices.Count > 1 && Allocator.Least(analysis, choices[0], options.Budget.Kind, options.Allocation) > options.Budget.Fraction;
        var curves = importance(choices[widens ? 1 : 0]);
        var groups = curves.Select(c => c.Group).ToList();
        var scores = curves.Select(c => c.Scores()).ToList();
        var kept = Allocate(analysis, groups, scores, options);
        var planned = new Dictionary<string, PlannedGroup>();
        for (int i = 0; i < groups.Count; i++) planned[groups[i].Id] = Describe(groups[i], kept[i], scores[i]);
        var all = analysis.Groups.Select(g => planned.TryGetValue(g.Id, out var p) ? p : Describe(g, [.. Enumerable.Repeat(true, g.Size)], null)).ToList();
        var normalized = analysis.Graph.Model;
        var model = new PlannedModel(Path.GetFileName(analysis.Source.Path), ModelHash.Structure(normalized), ModelHash.Weights(normalized));
        return new PruningPlan(PruningPlan.CurrentSchema, ToolVersion.Text, model, Describe(options), Totals(analysis, all), all, widens ? [Widened] : []);
    }

    /// <summary>The groups to prune; where granularity is automatic and that leaves some out, then also with these, for budgets that need them.</summary>
    internal static IReadOnlyList<IReadOnlyList<ChannelGroup>> Choices(ModelAnalysis analysis, PruneOptions options)
    {
        var filter = new GroupFilter(analysis, options);
        var accepted = analysis.Groups.Where(filter.Accepts).ToList();
        var chosen = options.Granularity.Choose(accepted);
        return options.Granularity == Granularity.Auto && chosen.Count < accepted.Count ? [chosen, accepted] : [chosen];
    }

    private static IReadOnlyList<GroupCurve> Importance(ModelAnalysis analysis, PruneOptions options, IReadOnlyList<ChannelGroup> groups) =>
        options.Criterion is WeightCriterion weights
            ? GroupCurve.Of(groups, ImportanceScores.Compute(analysis, groups, weights, options.Aggregation, options.Normalization, options.Seed))
            : throw new OnnxPruneException(ErrorCodes.InvalidOption, $"the criterion {options.Criterion} needs calibration data, and there are none");

    private static IReadOnlyList<bool[]> Allocate(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, IReadOnlyList<double[]> scores, PruneOptions options)
    {
        try
        {
            return Allocator.Allocate(analysis, groups, scores, options.Budget, options.Allocation);
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
            throw new OnnxPruneException(ErrorCodes.PlanStructureMismatch, $"the plan was made for a model of another structure ({plan.Model.File}); make a new plan", analysis.Source.Path);
        if (!otherWeights && plan.Model.WeightsHash != ModelHash.Weights(normalized))
            throw new OnnxPruneException(ErrorCodes.PlanWeightsMismatch, "the plan was made for other weights of this structure; allow that with --other-weights, or make a new plan", analysis.Source.Path);
        var groups = analysis.Groups.ToDictionary(g => g.Id);
        var masks = new Dictionary<Term, bool[]>();
        foreach (var planned in plan.Groups.Where(g => g.KeptCount < g.Size))
        {
            if (!groups.TryGetValue(planned.Id, out var group) || group.Size != planned.Size || !(group.IsExact || plan.Options.AllowApproximate))
                throw new OnnxPruneException(ErrorCodes.NotAPlan, $"the model has no {(plan.Options.AllowApproximate ? "" : "exact ")}group {planned.Id} of {planned.Size} channels; make a new plan", analysis.Source.Path);
            masks[group.Variable] = KeptRanges.Parse(planned.Kept, planned.Size);
        }
        return masks;
    }

    private static PlannedGroup Describe(ChannelGroup group, bool[] kept, double[]? scores)
    {
        var slices = group.Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]").ToList();
        var importance = scores is null ? null : new ImportanceSummary(Short(scores.Min()), Short(scores.Average()), Short(scores.Max()));
        return new PlannedGroup(group.Id, group.Size, KeptRanges.Format(kept), kept.Count(k => k), group.IsExact, importance, slices, group.Kind.Name());
    }

    private static double Short(double number) => Math.Round(number, 6);

    private static PlanOptions Describe(PruneOptions options) => new(
        options.Budget.ToString(),
        options.Criterion.Name,
        Word(options.Normalization),
        Word(options.Allocation.Scope),
        options.Allocation.RoundTo,
        options.Allocation.MinChannels,
        options.Allocation.MaxSparsity,
        options.Seed,
        options.Include,
        options.Exclude,
        options.Dimensions,
        options.Granularity.ToString(),
        options.AllowApproximate,
        Word(options.Aggregation));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static PlanTotals Totals(ModelAnalysis analysis, List<PlannedGroup> planned)
    {
        var kept = analysis.Groups.Zip(planned).ToDictionary(p => p.First.Variable, p => (long?)p.Second.KeptCount);
        var before = analysis.Cost.Total(_ => null);
        var after = analysis.Cost.Total(leaf => kept.GetValueOrDefault(leaf));
        return new PlanTotals(Describe(before, planned.Sum(g => g.Size)), Describe(after, planned.Sum(g => g.KeptCount)));
    }

    private static PlanCost Describe(Cost cost, long channels) => new((long)cost.Macs, (long)cost.Parameters, (long)Math.Ceiling(cost.Bytes), channels);
}
