namespace OnnxPrune.Importance;

/// <summary>
/// max|w| of each coupled slice.
/// </summary>
internal sealed class LargestMagnitude : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "linf";

    /// <inheritdoc/>
    public override string Source => "Han et al. 2015, Learning both Weights and Connections, over the weights of a channel";

    internal override double[] Score(WeightSlice slice)
    {
        var (least, largest) = slice.Extremes();
        return [.. least.Zip(largest, (low, high) => Math.Max(Math.Abs(low), Math.Abs(high)))];
    }
}
