namespace OnnxPrune.Importance;

/// <summary>
/// √E‖W_c·x_c‖²: the root mean square of what a channel adds to the outputs of the layers that read it. AMP takes the L1 norm of the same
/// products; the mean square follows from second moments, so that no activations are kept.
/// </summary>
internal sealed class Projection : ActivationCriterion
{
    /// <inheritdoc/>
    public override string Name => "projection";

    /// <inheritdoc/>
    public override string Source => "after Mugnaini et al. 2025, AMP: Attention Heads and MLP Pruning (arXiv 2504.21174)";

    internal override double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel) =>
        channel.Sum(block => layer.Energy(block.Group, block.Features));

    internal override double Finish(double aggregated) => Math.Sqrt(aggregated);
}
