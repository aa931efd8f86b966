using OnnxPrune.Allocation;
using OnnxPrune.Cli.Options;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Selection;

namespace OnnxPrune.Cli.Commands;

/// <summary>Makes the plan of <c>prune</c> and <c>plan</c>.</summary>
internal sealed class Selecting(Invocation run, ModelAnalysis analysis, PruneOptions options, CalibrationDomain? domain)
{
    private const int DefaultCandidates = 64, Population = 16;

    /// <summary>The curves that the plan was made from; empty with <c>--steps</c>.</summary>
    public IReadOnlyList<GroupCurve> Curves { get; private set; } = [];

    /// <summary>The plan.</summary>
    public PruningPlan Plan()
    {
        var (provider, cache) = (Provider.Of(run), CalibrationOptions.CacheOf(run));
        if (run.Value(CalibrationOptions.Steps) is > 1 and { } steps)
        {
            var stepwise = new StepwiseSelection(analysis, domain!, options, CalibrationOptions.Methods(options.Recover), provider, cache);
            return run.Step("Planning", progress => stepwise.Plan(steps, progress, run.Cancellation));
        }
        var importance = new CalibratedImportance(analysis, domain, options, provider, cache);
        var plan = options.Budget.Kind == BudgetKind.Latency ? Measured(importance) : run.Step("Planning", progress => Planner.Plan(
            analysis,
            options,
            groups => Curves = importance.Curves(groups, progress, run.Cancellation),
            options.Allocation.Scope == Scope.Search ? (curves, limits) => Search(curves, limits, progress) : null));
        return plan with { Notes = [.. plan.Notes ?? [], .. importance.Notes] };
    }

    // The importance of channels does not depend on the corrected target.
    private PruningPlan Measured(CalibratedImportance importance)
    {
        var known = new Dictionary<string, IReadOnlyList<GroupCurve>>(StringComparer.Ordinal);
        IReadOnlyList<GroupCurve> Known(IReadOnlyList<ChannelGroup> groups)
        {
            string key = string.Join('\n', groups.Select(g => g.Id));
            return Curves = known.TryGetValue(key, out var curves) ? curves : known[key] = importance.Curves(groups, null, run.Cancellation);
        }

        var selection = new LatencySelection(analysis, options, TimingOptions.Of(run), Provider.Of(run));
        return run.Step(
            "Measuring latency", progress => selection.Plan((timed, asked) => Planner.Plan(timed, asked, Known), progress, run.Cancellation));
    }

    private IReadOnlyList<bool[]> Search(IReadOnlyList<GroupCurve> curves, AllocationOptions limits, Action<int, int> progress)
    {
        var metric = run.Value(CalibrationOptions.Metric);
        var on = domain ?? CalibrationDomain.Of(
            analysis,
            CalibrationSet.Synthetic(analysis, CalibrationSet.BatchSize, options.Seed, Provider.Of(run), run.Cancellation),
            Provider.Of(run),
            run.Cancellation);
        var score = new CandidateScore(analysis, on, CalibrationOptions.Methods(options.Recover), Provider.Of(run), metric);
        int candidates = run.Value(CalibrationOptions.Candidates) ?? DefaultCandidates, population = Math.Clamp(candidates, 2, Population);
        var search = new SearchOptions(population, Math.Max(0, (candidates / population) - 1), options.Seed, score.Objective);
        return AllocationSearch.Run(
            analysis, curves, options.Budget, limits, search,
            masks => score.Of(curves, masks, run.Cancellation),
            run.Value(CalibrationOptions.SearchState),
            state => progress(state.Evaluation, state.Of),
            run.Cancellation).Kept;
    }
}
