namespace OnnxPrune.Importance;

/// <summary>
/// √E x² of a channel as its readers see it: E x² is the mean over the taps of a kernel, and the sum over positions that were flattened.
/// </summary>
internal sealed class ActivationNorm : ActivationCriterion
{
    /// <inheritdoc/>
    public override string Name => "act-norm";

    /// <inheritdoc/>
    public override string Source => "the second moment of 2SSP, Sandri et al. 2025 (arXiv 2501.17771)";

    internal override double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel)
    {
        double sum = 0;
        foreach (var block in channel)
            foreach (int feature in block.Features) sum += layer.SecondMoments[block.Group][feature, feature];
        return sum / layer.Taps;
    }

    internal override double Finish(double aggregated) => Math.Sqrt(aggregated);
}
