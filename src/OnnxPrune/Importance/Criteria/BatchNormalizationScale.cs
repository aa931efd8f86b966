namespace OnnxPrune.Importance;

/// <summary>
/// |γ| of the BatchNormalizations that the channels pass; of several, the norm. A group that passes none, because there is none or an exporter
/// has folded it into the convolution, is scored by the norm of all its slices. These numbers are larger; once they are divided by the
/// group's mean both say how a channel compares with the others of its group.
/// </summary>
internal sealed class BatchNormalizationScale : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "bn-scale";

    /// <inheritdoc/>
    public override string Source => "Liu et al. 2017, Learning Efficient Convolutional Networks through Network Slimming";

    internal override double[] Score(WeightSlice slice) => slice.Sums(AxisSums.Term.Square);

    internal override double Finish(double aggregated) => Math.Sqrt(aggregated);

    internal override IReadOnlyList<WeightSlice> Counting(IReadOnlyList<WeightSlice> slices)
    {
        var scales = slices.Where(s => s.IsBatchNormalizationScale).ToList();
        return scales.Count > 0 ? scales : slices;
    }
}
