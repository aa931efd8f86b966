namespace OnnxPrune.Importance;

/// <summary>
/// Of each slice, the squared norm of a channel as a share of the squared norms of all channels that are at least as large: what removing it
/// costs relative to what would still be there. The largest channel has 1 in every layer.
/// </summary>
internal sealed class LayerAdaptiveMagnitude : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "lamp";

    /// <inheritdoc/>
    public override string Source => "Lee et al. 2021, Layer-adaptive Sparsity for the Magnitude-based Pruning, over channels";

    internal override double[] Score(WeightSlice slice)
    {
        double[] norms = slice.Sums(AxisSums.Term.Square), scores = new double[norms.Length];
        double sum = 0;
        foreach (var equal in Enumerable.Range(0, norms.Length).GroupBy(c => norms[c]).OrderByDescending(g => g.Key))
        {
            foreach (int _ in equal) sum += equal.Key;
            foreach (int channel in equal) scores[channel] = sum > 0 ? equal.Key / sum : 0;
        }
        return scores;
    }
}
