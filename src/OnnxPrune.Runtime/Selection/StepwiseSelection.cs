using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Selection;

/// <summary>
/// Selects in steps. Each step chooses channels on the model recovered after the previous step, and removes the same share of the remaining
/// cost.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="domain">The model on calibration data.</param>
/// <param name="options">The options of the plan.</param>
/// <param name="methods">The recovery methods between steps; null for automatic.</param>
/// <param name="provider">The execution provider.</param>
/// <param name="cache">Where results are kept; null for nowhere.</param>
internal sealed class StepwiseSelection(
    ModelAnalysis model,
    CalibrationDomain domain,
    PruneOptions options,
    RecoveryMethods? methods,
    ExecutionProvider provider,
    CalibrationCache? cache = null)
{
    private readonly SortedSet<string> notes = new(StringComparer.Ordinal);

    /// <summary>The decision that removes what all steps removed.</summary>
    /// <param name="steps">Number of steps, at least 1.</param>
    /// <param name="progress">Called with the number of parts of a step done and their total.</param>
    /// <param name="cancellation">Ends the work.</param>
    public PruningDecision Plan(int steps, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var cut = Cut.Nothing(model);
        var current = model;
        for (int step = 1; step <= steps; step++)
        {
            var now = Step(
                current,
                step == 1 ? domain : CalibrationDomain.Of(current, domain.Data, provider, cancellation),
                step,
                steps,
                progress,
                cancellation);
            cut = Combined(cut, now);
            if (step < steps) current = Recovered(cut, cancellation);
        }
        return PruningDecision.Of(cut, options) with { Notes = [.. notes] };
    }

    // What leaves of the model as it is now.
    private Cut Step(
        ModelAnalysis current, CalibrationDomain on, int step, int steps, Action<int, int>? progress, CancellationToken cancellation)
    {
        double target = Math.Pow(options.Budget.Fraction, (double)step / steps);
        double left = options.Budget.Kind.Of(current) / options.Budget.Kind.Of(model);
        double most = options.Allocation.MaxSparsity ?? (options.Allocation.Scope == Scope.Local ? 1 : AllocationOptions.UsualMaxSparsity);
        var own = options with
        {
            Budget = new Budget(options.Budget.Kind, Math.Min(1, target / left)),
            Allocation = options.Allocation with { MaxSparsity = most < 1 ? 1 - Math.Pow(1 - most, 1.0 / steps) : 1 },
        };
        var importance = new CalibratedImportance(current, on, own, provider, cache);
        var decision = Planner.Plan(current, own, groups => importance.Curves(groups, progress, cancellation));
        notes.UnionWith(importance.Notes);
        notes.UnionWith(decision.Notes);
        return decision.Cut;
    }

    // The masks of a step are over the channels that its model still has.
    private Cut Combined(Cut before, Cut now)
    {
        var combined = before.Groups.ToDictionary(g => g, g => before.MaskOf(g)!);
        var groups = model.Groups.ToDictionary(g => g.Id, StringComparer.Ordinal);
        foreach (var smaller in now.Groups)
        {
            var group = groups[smaller.Id];
            bool[] stays = now.MaskOf(smaller)!, mask = [.. combined.GetValueOrDefault(group) ?? [.. Enumerable.Repeat(true, group.Size)]];
            int position = 0;
            for (int c = 0; c < mask.Length; c++) if (mask[c]) mask[c] = stays[position++];
            combined[group] = mask;
        }
        return Cut.Of(model, combined);
    }

    private ModelAnalysis Recovered(Cut cut, CancellationToken cancellation)
    {
        var pruned = Rewriter.Prune(cut);
        var result = AccuracyRecovery.Run(
            domain, pruned, cut, methods, new ReconstructionOptions { Seed = options.Seed }, provider, cache, cancellation: cancellation);
        return ModelAnalysis.Run(result.Model, options.Dimensions, model.Operators);
    }
}
