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
    // Rounding of a mean of squares in single precision, relative; and the variance of features that do not vary.
    private const double Rounding = 1e-6, Nothing = 1e-30;

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
        bool any = false;
        for (int g = 0; g < layer.Groups; g++)
        {
            variance += moments[g].Gram.Energy(weights[g]);
            bool varies = Varies(moments[g]);
            if ((varies ? Cholesky.Ridged(moments[g].Gram, ridge) : Cholesky.Of(Matrix.Identity(moments[g].Gram.Rows, Nothing))) is not { } hessian)
                return false;
            any |= varies;
            parts.Add(ChannelElimination.Of(hessian, weights[g], Features(layer, g, indices)));
        }
        if (!double.IsFinite(variance)) return false;
        if (any && variance > 0) consumers.Add(new Consumer(layer, [.. moments.Select(m => m.Features)], parts, 1 / variance));
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

    // Not where variances are no larger than what rounding makes of sums in single precision.
    private static bool Varies(Moments moments)
    {
        double variances = 0;
        for (int i = 0; i < moments.Gram.Rows; i++) variances += moments.Gram[i, i];
        return !(variances <= Rounding * FixedOrder.Dot(moments.Features, moments.Features));
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
