namespace OnnxPrune.Importance;

/// <summary>
/// The share of activations that are not zero, as the reading layers see them, padding included: the paper's average percentage of zeros turned
/// round, so that larger is more important.
/// </summary>
internal sealed class ActiveShare : ActivationCriterion
{
    /// <inheritdoc/>
    public override string Name => "apoz";

    /// <inheritdoc/>
    public override string Source => "Hu et al. 2016, Network Trimming (average percentage of zeros)";

    /// <inheritdoc/>
    public override bool CountsZeros => true;

    internal override double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel)
    {
        var zeros = layer.Zeros ?? throw new ArgumentException("the shares of zeros were not counted", nameof(layer));
        return channel.SelectMany(block => block.Features.Select(f => 1 - zeros[block.Group][f])).Average();
    }
}
