using OnnxPrune.Model;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>The latency of one model, or of two models that are measured alternately in one process on the same random inputs.</summary>
/// <param name="Provider">The execution provider.</param>
/// <param name="Threads">The number of threads per operator.</param>
/// <param name="Inputs">The shapes of the inputs, by name.</param>
/// <param name="Original">The first model.</param>
/// <param name="Other">The second model; null for a measurement of one model.</param>
/// <param name="Ratio">The time of the second model divided by the time of the first model; null for a measurement of one model.</param>
public sealed record LatencyComparison(
    string Provider,
    int Threads,
    IReadOnlyDictionary<string, long[]> Inputs,
    LatencyStatistics Original,
    LatencyStatistics? Other,
    RatioEstimate? Ratio)
{
    /// <summary>Measures the latency of two models alternately.</summary>
    /// <param name="original">The first model.</param>
    /// <param name="other">The second model. It has the same inputs as the first model.</param>
    /// <param name="options">The settings of the measurement.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cancellation">Stops between blocks of runs.</param>
    /// <exception cref="OnnxPruneException">
    /// OP6001: a model does not load or run; OP6002: the provider is missing; OP6004: inputs cannot be generated, or the models' inputs differ.
    /// </exception>
    public static LatencyComparison Run(
        OnnxModel original, OnnxModel other, LatencyOptions options, ExecutionProvider provider, CancellationToken cancellation = default) =>
        Run([original, other], options, provider, cancellation);

    /// <summary>Measures the latency of one model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The settings of the measurement.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="cancellation">Stops between blocks of runs.</param>
    /// <exception cref="OnnxPruneException">As for two models.</exception>
    public static LatencyComparison Run(
        OnnxModel model, LatencyOptions options, ExecutionProvider provider, CancellationToken cancellation = default) =>
        Run([model], options, provider, cancellation);

    private static LatencyComparison Run(
        IReadOnlyList<OnnxModel> models, LatencyOptions options, ExecutionProvider provider, CancellationToken cancellation)
    {
        var made = BenchmarkInputs.Of(models[0], options);
        var timed = new List<TimedModel>();
        try
        {
            foreach (var model in models) timed.Add(TimedModel.Load(model, provider, options.Threads));
            var inputs = made.Feed(timed);
            var blocks = AlternatingBlocks.Run(timed, options, cancellation);
            return Of(provider, options, inputs, blocks);
        }
        finally
        {
            timed.ForEach(t => t.Dispose());
        }
    }

    private static LatencyComparison Of(
        ExecutionProvider provider,
        LatencyOptions options,
        IReadOnlyDictionary<string, HostTensor> inputs,
        IReadOnlyList<IReadOnlyList<double[]>> blocks)
    {
        var statistics = blocks.Select(b => LatencyStatistics.Of(b.SelectMany(times => times))).ToList();
        return new LatencyComparison(
            provider.ToString(),
            options.Threads,
            inputs.ToDictionary(i => i.Key, i => i.Value.Dims),
            statistics[0],
            statistics.ElementAtOrDefault(1),
            blocks.Count > 1 ? RatioEstimate.Of(AlternatingBlocks.Ratios(blocks[0], blocks[1])) : null);
    }
}
