using OnnxPrune.Cli.Options;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;

namespace OnnxPrune.Cli.Commands;

/// <summary>The command line as the options of a run.</summary>
internal static class PruningInput
{
    /// <summary>The options of <c>prune</c>, <c>plan</c> and <c>sensitivity</c>.</summary>
    public static PruningOptions Of(Invocation run)
    {
        var selection = run.Selection;
        return selection with
        {
            Calibration = run.Value(CalibrationOptions.Calibration),
            Samples = run.Value(CalibrationOptions.Samples),
            Recover = run.Value(CalibrationOptions.Recover),
            Steps = run.Value(CalibrationOptions.Steps) ?? 1,
            Metric = run.Value(CalibrationOptions.Metric),
            Candidates = run.Value(CalibrationOptions.Candidates) ?? selection.Candidates,
            SearchState = run.Value(CalibrationOptions.SearchState),
            Cache = CalibrationOptions.CacheOf(run),
            Provider = Provider.Of(run),
            Operators = ModelInput.Operators(run),
            Verification = RuntimeOptions.EffortOf(run),
            MeasureLatency = run.Value(TimingOptions.Bench) || run.Value(LimitOptions.MinSpeedup) is not null,
            Timing = TimingOptions.Of(run),
        };
    }

    /// <summary>The options of <c>apply</c>.</summary>
    public static PruningOptions Of(Invocation run, PruningPlan plan) =>
        Of(run) with { Plan = plan, OtherWeights = run.Value(CommonOptions.OtherWeights) };

    /// <summary>The same with the samples of --data and --labels, if they are given.</summary>
    public static PruningOptions WithData(Invocation run, PruningOptions options) =>
        run.Value(RuntimeOptions.Data) is { } data && run.Value(RuntimeOptions.Labels) is { } labels
            ? options with { Labelled = run.Step("Loading the data", () => LabelledSamples.Load(data, labels)) }
            : options;
}
