using OnnxPrune.Importance;
using OnnxPrune.Numerics;

namespace OnnxPrune.Advanced;

/// <summary>
/// The statistics of the inputs of a linear layer on calibration data. The layer is Y = X·Wᵀ for each of its convolution groups, with X
/// [positions, features] and features ordered by input channel, then kernel tap. A matrix product has one group and one tap.
/// </summary>
/// <param name="Taps">The number of kernel taps: the features per input channel.</param>
/// <param name="Weights">W of each convolution group, [outputs, features].</param>
/// <param name="SecondMoments">E xxᵀ about zero of each convolution group, [features, features].</param>
/// <param name="Means">E x of each convolution group.</param>
/// <param name="Zeros">The share of positions at which each feature is exactly zero; null if it was not requested.</param>
public sealed record LayerInputs(
    int Taps,
    IReadOnlyList<Matrix> Weights,
    IReadOnlyList<Matrix> SecondMoments,
    IReadOnlyList<double[]> Means,
    IReadOnlyList<double[]>? Zeros = null)
{
    /// <summary>The mean square of the layer's outputs, summed over outputs: Σ tr(W·E xxᵀ·Wᵀ).</summary>
    public double OutputEnergy => Enumerable.Range(0, Weights.Count).Sum(g => Energy(g, [.. Enumerable.Range(0, Weights[g].Columns)]));

    /// <summary>The mean square of the outputs' part that comes from the given features of a convolution group.</summary>
    public double Energy(int group, int[] features)
    {
        var own = Weights[group].Select([.. Enumerable.Range(0, Weights[group].Rows)], features);
        return Math.Max(0, SecondMoments[group].Select(features, features).Energy(own));
    }
}
