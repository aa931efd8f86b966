using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Planning;

namespace OnnxPrune.Advanced;

/// <summary>
/// The result of a selection: the cut, the options, and notes for the user. All stages after selection use the decision.
/// <see cref="ToPlan"/> converts it to text and hashes for a file.
/// </summary>
/// <param name="Cut">The kept channels.</param>
/// <param name="Options">The options of the selection.</param>
/// <param name="Importance">The importance of the scored groups, by the id of the group.</param>
/// <param name="Notes">Actions that the options did not request, in sentences.</param>
public sealed record PruningDecision(
    Cut Cut, PlanOptions Options, IReadOnlyDictionary<string, ImportanceSummary> Importance, IReadOnlyList<string> Notes)
{
    private static readonly IReadOnlyDictionary<string, ImportanceSummary> Unscored = new Dictionary<string, ImportanceSummary>();

    /// <summary>MACs, parameters, bytes and channels before and after the cut.</summary>
    public PlanTotals Totals => TotalsOf(Cut);

    /// <summary>Every group and its kept channels.</summary>
    public IReadOnlyList<PlannedGroup> Groups =>
        [.. Cut.Analysis.Groups.Select(g => Describe(g, Cut.MaskOf(g), Importance.GetValueOrDefault(g.Id)))];

    /// <summary>The decision that a plan contains.</summary>
    /// <param name="analysis">The model to prune.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="otherWeights">True to accept other weights of the same structure.</param>
    /// <exception cref="OnnxPruneException">OP4003: the plan does not fit these groups; OP4004: the model has another structure; OP4005: the model
    /// has other weights.</exception>
    public static PruningDecision Of(ModelAnalysis analysis, PruningPlan plan, bool otherWeights = false)
    {
        Check(analysis, plan, otherWeights);
        var groups = analysis.Groups.ToDictionary(g => g.Id);
        var masks = new Dictionary<ChannelGroup, bool[]>();
        foreach (var planned in plan.Groups.Where(g => g.KeptCount < g.Size))
        {
            if (!groups.TryGetValue(planned.Id, out var group) || group.Size != planned.Size || !(group.IsExact || plan.Options.AllowApproximate))
                throw new OnnxPruneException(
                    ErrorCodes.NotAPlan,
                    $"the model has no {(plan.Options.AllowApproximate ? "" : "exact ")}group {planned.Id} of {planned.Size} channels; "
                        + "make a new plan",
                    analysis.Source.Path);
            masks[group] = KeptRanges.Parse(planned.Kept, planned.Size);
            if (masks[group].Count(k => k) != planned.KeptCount)
                throw new OnnxPruneException(
                    ErrorCodes.NotAPlan,
                    $"the group {planned.Id} keeps {planned.KeptCount} channels, and its ranges others; make a new plan",
                    analysis.Source.Path);
        }
        var importance = plan.Groups.Where(g => g.Importance is not null).ToDictionary(g => g.Id, g => g.Importance!);
        return new PruningDecision(Cut.Of(analysis, masks), plan.Options, importance, plan.Notes ?? []);
    }

    /// <summary>The decision for a cut that was selected elsewhere.</summary>
    /// <param name="cut">The kept channels.</param>
    /// <param name="options">The options that the plan records.</param>
    internal static PruningDecision Of(Cut cut, PruneOptions options) => new(cut, PlanOptions.Of(options, options.Allocation), Unscored, []);

    /// <summary>The decision as a plan, with the hashes of its model.</summary>
    public PruningPlan ToPlan()
    {
        var analysis = Cut.Analysis;
        var model = new PlannedModel(Path.GetFileName(analysis.Source.Path), analysis.StructureHash, analysis.WeightsHash);
        return new PruningPlan(PruningPlan.CurrentSchema, ToolVersion.Text, model, Options, Totals, Groups, Notes);
    }

    private static void Check(ModelAnalysis analysis, PruningPlan plan, bool otherWeights)
    {
        if (!analysis.HasStructure(plan.Model.StructureHash))
            throw new OnnxPruneException(
                ErrorCodes.PlanStructureMismatch,
                $"the plan was made for a model of another structure ({plan.Model.File}); make a new plan",
                analysis.Source.Path);
        if (!otherWeights && !analysis.HasWeights(plan.Model.WeightsHash))
            throw new OnnxPruneException(
                ErrorCodes.PlanWeightsMismatch,
                "the plan was made for other weights of this structure; allow that with --other-weights, or make a new plan",
                analysis.Source.Path);
    }

    private static PlannedGroup Describe(ChannelGroup group, bool[]? mask, ImportanceSummary? importance)
    {
        if (importance is { IsFinite: false }) importance = null;
        bool[] kept = mask ?? [.. Enumerable.Repeat(true, group.Size)];
        var slices = group.Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]").ToList();
        return new PlannedGroup(
            group.Id, group.Size, KeptRanges.Format(kept), kept.Count(k => k), group.IsExact, importance, slices, group.Kind.Name());
    }

    private static PlanTotals TotalsOf(Cut cut)
    {
        var (analysis, groups) = (cut.Analysis, cut.Analysis.Groups);
        return new PlanTotals(
            PlanCost.Of(analysis.Cost.Total(_ => null), groups.Sum(g => g.Size)),
            PlanCost.Of(analysis.Cost.Total(cut.KeptOf), groups.Sum(g => cut.KeptOf(g.Variable) ?? g.Size)));
    }
}
