using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Selection;

namespace OnnxPrune.Runtime;

/// <summary>Decides which channels stay.</summary>
internal sealed class Selecting(
    PruningOptions options, ModelAnalysis analysis, CalibrationDomain? domain, IStages stages, CancellationToken cancellation)
{
    private const int Population = 16;
    private readonly PruneOptions selection = options.Selection(CalibrationInput.Describe(domain));

    /// <summary>What the channels were judged by; empty where the selection went in steps.</summary>
    public IReadOnlyList<GroupCurve> Curves { get; private set; } = [];

    /// <summary>Decides.</summary>
    public PruningDecision Decide()
    {
        if (options.Steps > 1)
        {
            var methods = PruningOptions.Methods(selection.Recover);
            var stepwise = new StepwiseSelection(analysis, domain!, selection, methods, options.Provider, options.Cache);
            return stages.During(PruningStage.Planning, progress => stepwise.Plan(options.Steps, progress, cancellation));
        }
        var importance = new CalibratedImportance(analysis, domain, selection, options.Provider, options.Cache);
        var decision = selection.Budget.Kind == BudgetKind.Latency
            ? Measured(importance)
            : stages.During(PruningStage.Planning, progress => Planner.Plan(
                analysis,
                selection,
                groups => Curves = importance.Curves(groups, progress, cancellation),
                selection.Allocation.Scope == Scope.Search ? (curves, limits) => Search(curves, limits, progress) : null));
        return decision with { Notes = [.. decision.Notes, .. importance.Notes] };
    }

    // What channels are worth does not depend on the target that is corrected.
    private PruningDecision Measured(CalibratedImportance importance)
    {
        var known = new Dictionary<string, IReadOnlyList<GroupCurve>>(StringComparer.Ordinal);
        IReadOnlyList<GroupCurve> Known(IReadOnlyList<ChannelGroup> groups)
        {
            string key = string.Join('\n', groups.Select(g => g.Id));
            return Curves = known.TryGetValue(key, out var curves) ? curves : known[key] = importance.Curves(groups, null, cancellation);
        }

        var latency = new LatencySelection(analysis, selection, options.Timing, options.Provider);
        return stages.During(
            PruningStage.MeasuringCandidates,
            progress => latency.Plan((timed, asked) => Planner.Plan(timed, asked, Known), progress, cancellation));
    }

    private IReadOnlyList<bool[]> Search(IReadOnlyList<GroupCurve> curves, AllocationOptions limits, Action<int, int> progress)
    {
        var on = domain ?? CalibrationDomain.Of(
            analysis,
            CalibrationSet.Synthetic(analysis, CalibrationSet.BatchSize, options.Seed, options.Provider, cancellation),
            options.Provider,
            cancellation);
        var score = new CandidateScore(analysis, on, PruningOptions.Methods(selection.Recover), options.Provider, options.Metric);
        int population = Math.Clamp(options.Candidates, 2, Population);
        var search = new SearchOptions(population, Math.Max(0, (options.Candidates / population) - 1), options.Seed, score.Objective);
        return AllocationSearch.Run(
            analysis, curves, selection.Budget, limits, search,
            masks => score.Of(curves, masks, cancellation),
            options.SearchState,
            state => progress(state.Evaluation, state.Of),
            cancellation).Kept;
    }
}
