namespace OnnxPrune.Importance;

/// <summary>
/// Σ|w|·√E x² over all weights with which the reading layers take a channel.
/// </summary>
internal sealed class WeightTimesActivation : ActivationCriterion
{
    /// <inheritdoc/>
    public override string Name => "wanda";

    /// <inheritdoc/>
    public override string Source => "Sun et al. 2023, A Simple and Effective Pruning Approach for Large Language Models";

    internal override double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel)
    {
        double sum = 0;
        foreach (var block in channel)
        {
            var weights = layer.Weights[block.Group];
            foreach (int feature in block.Features)
            {
                double magnitudes = 0;
                for (int o = 0; o < weights.Rows; o++) magnitudes += Math.Abs(weights[o, feature]);
                sum += magnitudes * Math.Sqrt(layer.SecondMoments[block.Group][feature, feature]);
            }
        }
        return sum;
    }
}
