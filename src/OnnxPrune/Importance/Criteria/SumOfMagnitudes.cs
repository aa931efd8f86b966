namespace OnnxPrune.Importance;

/// <summary>
/// Σ|w| over all coupled slices.
/// </summary>
internal sealed class SumOfMagnitudes : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "l1";

    /// <inheritdoc/>
    public override string Source => "Li et al. 2017, Pruning Filters for Efficient ConvNets";

    internal override double[] Score(WeightSlice slice) => slice.Sums(AxisSums.Term.Magnitude);
}
