using OnnxPrune.Importance;
using OnnxPrune.Numerics;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>
/// Removes the channels of one group one after the other, least costly first, counting every linear layer that reads them: the cost of
/// a channel is what its removal adds to the squared error of these layers' outputs, each as a share of that layer's output variance.
/// </summary>
internal sealed class GroupElimination
{
    private readonly List<Consumer> consumers = [];
    private readonly bool[] removed;

    public GroupElimination(int channels) => removed = new bool[channels];

    /// <summary>The layers that read the group.</summary>
    public IReadOnlyList<Consumer> Consumers => consumers;

    /// <summary>Adds a layer that reads the group's channels.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="moments">Moments of its features, per group of the convolution.</param>
    /// <param name="indices">For every input channel the group's channel, or -1.</param>
    /// <param name="ridge">λ of H as a share of the mean variance of a feature.</param>
    /// <returns>False where the moments are not finite.</returns>
    public bool Add(LinearLayer layer, IReadOnlyList<Moments> moments, int[] indices, double ridge)
    {
        var weights = layer.ToMatrices(layer.Weight.Initializer!);
        var parts = new List<ChannelElimination>();
        double variance = 0;
        for (int g = 0; g < layer.Groups; g++)
        {
            var hessian = moments[g].Gram.Copy();
            variance += hessian.Energy(weights[g]);
            double trace = 0;
            for (int i = 0; i < hessian.Rows; i++) trace += hessian[i, i];
            for (int i = 0; i < hessian.Rows; i++) hessian[i, i] += Math.Max(ridge * trace / hessian.Rows, 1e-30);
            if (ChannelElimination.Of(hessian, weights[g], Features(layer, g, indices)) is not { } part) return false;
            parts.Add(part);
        }
        if (!double.IsFinite(variance)) return false;
        if (variance > 0) consumers.Add(new Consumer(layer, [.. moments.Select(m => m.Features)], parts, 1 / variance));
        return true;
    }

    /// <summary>Removes the channel that costs least; ties keep the lower index.</summary>
    /// <returns>The channel, and what it cost.</returns>
    public (int Channel, double Cost) RemoveNext()
    {
        var costs = new double[removed.Length];
        foreach (var consumer in consumers)
            foreach (var part in consumer.Parts) FixedOrder.AddScaled(costs, consumer.Weight, part.Costs());
        int best = -1;
        for (int c = 0; c < costs.Length; c++)
            if (!removed[c] && (best < 0 || costs[c] <= costs[best])) best = c;
        removed[best] = true;
        foreach (var part in consumers.SelectMany(c => c.Parts)) part.Remove(best);
        return (best, Math.Max(0, costs[best]));
    }

    private int[][] Features(LinearLayer layer, int convolutionGroup, int[] indices)
    {
        int inputs = layer.Inputs / layer.Groups, taps = layer.Taps;
        var features = Enumerable.Range(0, removed.Length).Select(_ => new List<int>()).ToArray();
        for (int i = 0; i < inputs; i++)
        {
            int channel = indices[(convolutionGroup * inputs) + i];
            if (channel >= 0) features[channel].AddRange(Enumerable.Range(i * taps, taps));
        }
        return [.. features.Select(f => f.ToArray())];
    }

    /// <summary>A layer that reads the group.</summary>
    /// <param name="Layer">The layer.</param>
    /// <param name="Means">Means of its features, per group of the convolution.</param>
    /// <param name="Parts">The elimination in each group of the convolution.</param>
    /// <param name="Weight">What its squared error is multiplied with.</param>
    internal sealed record Consumer(LinearLayer Layer, IReadOnlyList<double[]> Means, IReadOnlyList<ChannelElimination> Parts, double Weight);
}
