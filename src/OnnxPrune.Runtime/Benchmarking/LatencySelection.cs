using System.Globalization;
using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>Makes plans for latency budgets: with a measured model of latency, corrected by measuring what was pruned.</summary>
/// <param name="analysis">The model.</param>
/// <param name="options">What is asked for.</param>
/// <param name="timing">How latency is measured.</param>
/// <param name="provider">Where.</param>
internal sealed class LatencySelection(ModelAnalysis analysis, PruneOptions options, LatencyOptions timing, ExecutionProvider provider)
{
    /// <summary>A plan whose model was measured to keep the budget.</summary>
    /// <param name="plan">Makes a plan of an analysis that has latency in its cost, for a latency budget.</param>
    /// <param name="progress">Called with the number of measurements done and their most.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="OnnxPruneException">
    /// OP4001, OP4002 as for other budgets; OP4009 what was measured is not fast enough; OP6001, OP6002, OP6004 as for a comparison.
    /// </exception>
    public PruningDecision Plan(
        Func<ModelAnalysis, PruneOptions, PruningDecision> plan, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var groups = Planner.Accepted(analysis, options);
        var timed = new LatencyProfile(analysis, timing, provider).Measure(groups, options.Allocation, progress, cancellation);
        var search = new LatencySearch<PruningDecision>(options.Budget.Fraction, made => Measure(made, cancellation));
        var (found, ratio) = search.Run(target => plan(timed, options with { Budget = new Budget(BudgetKind.Latency, target) }), progress);
        return found with { Options = found.Options with { Budget = options.Budget.ToString() }, Notes = [.. found.Notes, Note(ratio)] };
    }

    /// <summary>Refuses a result that is no faster than the original.</summary>
    /// <param name="ratio">What it was measured to take, once more and apart from the choice of the plan.</param>
    /// <exception cref="OnnxPruneException">OP4009: it is no faster.</exception>
    public static void CheckResult(RatioEstimate ratio)
    {
        if (ratio.Median < 1) return;
        throw new OnnxPruneException(ErrorCodes.LatencyOutOfReach, string.Create(
            CultureInfo.InvariantCulture,
            $"the pruned model takes {100 * ratio.Median:0.0}% of the original's time in the final measurement, so it is not faster; "
            + $"nothing was written; lower the budget, or measure longer with --seconds"));
    }

    private RatioEstimate Measure(PruningDecision made, CancellationToken cancellation) =>
        LatencyComparison.Run(analysis.Source, Rewriter.Prune(made.Cut), timing, provider, cancellation).Ratio!;

    private string Note(RatioEstimate ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"latency measured when the plan was made: {100 * ratio.Median:0.0}% of the original's "
        + $"(95% interval {100 * ratio.Low:0.0}% to {100 * ratio.High:0.0}%) on {provider}, threads {timing.Threads}");
}
