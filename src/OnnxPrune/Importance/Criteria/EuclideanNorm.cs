namespace OnnxPrune.Importance;

/// <summary>
/// √Σw² over all coupled slices: squares are aggregated, and the root taken at the end.
/// </summary>
internal sealed class EuclideanNorm : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "l2";

    /// <inheritdoc/>
    public override string Source => "Fang et al. 2023, DepGraph; Wang et al. 2023, SPA";

    internal override double[] Score(WeightSlice slice) => slice.Sums(AxisSums.Term.Square);

    internal override double Finish(double aggregated) => Math.Sqrt(aggregated);
}
