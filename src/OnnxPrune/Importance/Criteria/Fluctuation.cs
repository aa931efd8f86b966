namespace OnnxPrune.Importance;

/// <summary>
/// Var(x)·‖w‖² over the features of a channel: what is lost when a channel is replaced by its mean, which a bias can hold.
/// </summary>
internal sealed class Fluctuation : ActivationCriterion
{
    /// <inheritdoc/>
    public override string Name => "fluctuation";

    /// <inheritdoc/>
    public override string Source => "An et al. 2024, FLAP: Fluctuation-based Adaptive Structured Pruning (WIFV)";

    internal override double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel)
    {
        double sum = 0;
        foreach (var block in channel)
        {
            var weights = layer.Weights[block.Group];
            foreach (int feature in block.Features)
            {
                double mean = layer.Means[block.Group][feature], squares = 0;
                for (int o = 0; o < weights.Rows; o++) squares += weights[o, feature] * weights[o, feature];
                sum += squares * Math.Max(0, layer.SecondMoments[block.Group][feature, feature] - (mean * mean));
            }
        }
        return sum;
    }
}
