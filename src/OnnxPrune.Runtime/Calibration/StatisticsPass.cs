using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Runs over calibration data to gather the statistics of one layer.</summary>
internal static class StatisticsPass
{
    /// <summary>Second moments take features² doubles several times over, the design matrix positions × features floats.</summary>
    public const int MostFeatures = 6144;

    private const long MostElements = 1L << 26;

    /// <summary>The statistics of a layer before which a walk stands, with its own output as the target; null where they cannot be had.</summary>
    public static LayerStatistics? Run(
        ActivationWalk walk, LinearLayer layer, int positions, int seed, ExecutionProvider provider, bool countsZeros = false)
    {
        var model = EmptyModel(walk.Graph.Model);
        var node = layer.LinearPart;
        model.Graph.Node.Add(node);
        model.Graph.Initializer.AddRange(node.Input.Where(walk.Initializers.ContainsKey).Distinct().Select(name => walk.Initializers[name]));
        string input = layer.Input.Name;
        var sources = new Dictionary<string, Func<int, OrtValue>>(StringComparer.Ordinal) { [input] = batch => walk.Live[batch][input] };
        var graph = new GraphExtension(model, "statistics/");
        return Run(
            model,
            graph,
            layer,
            sources,
            node.Output[0],
            walk.Live.Count,
            positions,
            seed,
            provider,
            unfolding => LayerStatistics.AddTo(graph, unfolding, layer, input, node.Output[0], countsZeros),
            input);
    }

    /// <summary>
    /// Statistics in a model made for them; null where they cannot be had: the layer has too many features, a batch has no elements, shapes change
    /// from batch to batch, or the runtime has no kernel for what is asked.
    /// </summary>
    /// <param name="model">The model; it gets inputs, what computes the statistics, and outputs.</param>
    /// <param name="graph">Adds to the model.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">The model's inputs, by name, for each batch.</param>
    /// <param name="target">The value that the layer should give.</param>
    /// <param name="batches">Number of batches.</param>
    /// <param name="positions">Positions that are used at most, all samples together.</param>
    /// <param name="seed">The seed of their choice.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="add">Adds to the graph what the statistics need.</param>
    /// <param name="features">The input that the layer reads.</param>
    public static T? Run<T>(
        ModelProto model,
        GraphExtension graph,
        LinearLayer layer,
        IReadOnlyDictionary<string, Func<int, OrtValue>> sources,
        string target,
        int batches,
        int positions,
        int seed,
        ExecutionProvider provider,
        Func<Unfolding, T> add,
        string features = "features")
        where T : class, IBatchSums
    {
        if (layer.Features > MostFeatures) return null;
        try
        {
            foreach (var (name, source) in sources) model.Graph.Input.Add(ActivationWalk.TypeOf(name, source(0)));
            long[] shape = Shape(model, sources, target, provider);
            long[] inputShape = sources[features](0).GetTensorTypeAndShape().Shape;
            if (shape.Contains(0) || inputShape.Contains(0)) return null;
            int most = (int)Math.Min(positions, MostElements * batches / ((long)layer.Inputs * layer.Taps));
            var chosen = Chosen(layer, shape, batches, most, seed);
            var unfolding = new Unfolding(graph, layer, layer.Type, chosen, inputShape, shape);
            var statistics = add(unfolding);
            using var session = ValueSession.Load(model, provider);
            for (int batch = 0; batch < batches; batch++)
            {
                var results = session.Run(sources.ToDictionary(s => s.Key, s => s.Value(batch)));
                statistics.Add(results.ToDictionary(r => r.Key, r => HostTensor.FromOrtValue(r.Value)));
                foreach (var value in results.Values) value.Dispose();
            }
            return statistics;
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.RuntimeRejectedModel)
        {
            return null;
        }
    }

    /// <summary>A model of the same versions without nodes.</summary>
    public static ModelProto EmptyModel(ModelProto like) =>
        new() { IrVersion = like.IrVersion, OpsetImport = { like.OpsetImport }, Graph = new GraphProto { Name = "statistics" } };

    // What the first batch's target is shaped like.
    private static long[] Shape(ModelProto model, IReadOnlyDictionary<string, Func<int, OrtValue>> sources, string target, ExecutionProvider provider)
    {
        var probe = model.Clone();
        new GraphExtension(probe, "probe/").Output(target);
        if (probe.Graph.Node.All(n => !n.Output.Contains(target))) return sources[target](0).GetTensorTypeAndShape().Shape;
        using var session = ValueSession.Load(probe, provider);
        using var result = session.Run(sources.ToDictionary(s => s.Key, s => s.Value(0)))[target];
        return result.GetTensorTypeAndShape().Shape;
    }

    // The same positions of every sample, drawn without replacement, where all of them would be more than are needed; else null.
    private static long[]? Chosen(LinearLayer layer, long[] shape, int batches, int positions, int seed)
    {
        if (!layer.IsConvolution && shape.Length < 3) return null;
        long all = layer.SpaceOf(shape).Aggregate(1L, (n, d) => n * d);
        long wanted = Math.Max(1, positions / Math.Max(1, shape[0] * batches));
        if (all <= wanted) return null;
        var order = Enumerable.Range(0, (int)all).Select(i => (long)i).ToArray();
        new Random(seed).Shuffle(order);
        return [.. order.Take((int)wanted).Order()];
    }
}
