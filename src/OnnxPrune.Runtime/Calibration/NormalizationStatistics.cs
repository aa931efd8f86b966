using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Fits the statistics of BatchNormalizations to other data: on noise, with statistics of the noise, every normalised activation has
/// the mean and the variance that it has on the data that the model was trained on.
/// </summary>
internal static class NormalizationStatistics
{
    /// <summary>The model with the mean and variance of every BatchNormalization as they are on these batches, in topological order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batches">The graph's inputs, batch by batch.</param>
    /// <param name="provider">The execution provider.</param>
    /// <param name="operators">The operators that say which nodes normalise; null for <see cref="OperatorSet.Default"/>.</param>
    /// <param name="cancellation">Stops between nodes.</param>
    public static ModelProto Fitted(
        ModelProto model,
        IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches,
        ExecutionProvider provider,
        OperatorSet? operators = null,
        CancellationToken cancellation = default)
    {
        using var walk = new ActivationWalk(model, batches, provider);
        var readers = LinearLayer.ReadersOf(walk.Graph);
        foreach (var node in walk.Graph.Nodes)
        {
            if ((operators ?? OperatorSet.Default).NormalizationOf(node) is not { } view) continue;
            cancellation.ThrowIfCancellationRequested();
            if (node.Inputs[0] is not { Initializer: null } input
                || node.Inputs[view.Mean]?.Initializer is not { } mean
                || node.Inputs[view.Variance]?.Initializer is not { } variance)
                continue;
            // Statistics of every position, which ONNX Runtime computes, are not those of channels.
            if (readers[mean.Name] > 1 || readers[variance.Name] > 1 || mean.Dims.Count != 1 || variance.Dims.Count != 1) continue;
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
