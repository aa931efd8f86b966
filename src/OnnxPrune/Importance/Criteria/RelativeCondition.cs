using OnnxPrune.Numerics;

namespace OnnxPrune.Importance;

/// <summary>
/// The relative condition number of a layer's outputs with respect to a channel, ‖W_c‖·√E‖x_c‖² / √E‖W·x‖² with the spectral norm: the largest
/// relative change of the outputs that omitting the channel can cause. It has no unit, so it is directly comparable between layers.
/// COMP also scores neurons by matrix conditions; this definition is the textbook one (Trefethen and Bau, Numerical Linear Algebra,
/// lecture 12), not the paper's.
/// </summary>
internal sealed class RelativeCondition : ActivationCriterion
{
    /// <inheritdoc/>
    public override string Name => "condition";

    /// <inheritdoc/>
    public override string Source => "ours, after the matrix condition of Xu et al. 2025, COMP (arXiv 2501.15255)";

    internal override double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel)
    {
        double sum = 0;
        foreach (var block in channel)
        {
            var moments = layer.SecondMoments[block.Group];
            sum += SpectralNorm.Squared(layer.Weights[block.Group], block.Features) * block.Features.Sum(f => moments[f, f]);
        }
        return sum;
    }

    internal override double UnitOf(LayerInputs layer) => layer.OutputEnergy;

    internal override double Finish(double aggregated) => Math.Sqrt(aggregated);
}
