using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Fits the statistics of BatchNormalizations to other data: on noise, with statistics of the noise, every normalised activation has
/// the mean and the variance that it has on the data that the model was trained on.
/// </summary>
internal static class NormalizationStatistics
{
    /// <summary>The model with the mean and variance of every BatchNormalization as they are on these batches, in topological order.</summary>
    public static ModelProto Fitted(
        ModelProto model,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        ExecutionProvider provider,
        CancellationToken cancellation = default)
    {
        using var walk = new ActivationWalk(model, batches, provider);
        var readers = PrivateOffsets.ReadersOf(walk.Graph);
        foreach (var node in walk.Graph.Nodes.Where(n => n is { OpType: "BatchNormalization", Domain: "" }))
        {
            cancellation.ThrowIfCancellationRequested();
            if (node.Inputs[0] is not { Initializer: null } input
                || node.Inputs[3]?.Initializer is not { } mean
                || node.Inputs[4]?.Initializer is not { } variance)
                continue;
            if (readers[mean.Name] > 1 || readers[variance.Name] > 1 || node.Int("training_mode", 0) != 0) continue;
            walk.AdvanceTo(node.Index);
            var (means, variances) = Moments(walk.Live.Select(b => b[input.Name]), (int)mean.Dims[0]);
            if (!means.Concat(variances).All(double.IsFinite)) continue;
            walk.Put(Tensors.Make(mean.Name, Tensors.TypeOf(mean), mean.Dims, means));
            walk.Put(Tensors.Make(variance.Name, Tensors.TypeOf(variance), variance.Dims, variances));
        }
        var fitted = model.Clone();
        for (int i = 0; i < fitted.Graph.Initializer.Count; i++) fitted.Graph.Initializer[i] = walk.Initializers[fitted.Graph.Initializer[i].Name];
        return fitted;
    }

    // Mean and variance per channel, axis 1.
    private static (double[] Means, double[] Variances) Moments(IEnumerable<OrtValue> batches, int channels)
    {
        var sums = new double[channels];
        var squares = new double[channels];
        long count = 0;
        foreach (var batch in batches)
        {
            var tensor = HostTensor.FromOrtValue(batch);
            double[] values = tensor.ToDoubles();
            long inner = Math.Max(1, tensor.Dims.Skip(2).Aggregate(1L, (n, d) => n * d));
            for (int i = 0; i < values.Length; i++)
            {
                int channel = (int)(i / inner % channels);
                sums[channel] += values[i];
                squares[channel] += values[i] * values[i];
            }
            count += values.Length / channels;
        }
        double[] means = Array.ConvertAll(sums, s => s / count);
        return (means, [.. squares.Select((s, c) => Math.Max(1e-8, (s / count) - (means[c] * means[c])))]);
    }
}
