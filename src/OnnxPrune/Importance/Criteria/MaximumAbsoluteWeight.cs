namespace OnnxPrune.Importance;

/// <summary>
/// max(w) + |min(w)| over the weights that produce a channel, summed over the layers that do: gate and up projection of a gated MLP. Weights
/// that read the channels count only where nothing produces them; where a square weight does both, both of its axes count.
/// </summary>
internal sealed class MaximumAbsoluteWeight : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "maw";

    /// <inheritdoc/>
    public override string Source => "Martra 2025, Fragile Knowledge, Robust Instruction-Following (arXiv 2512.22671)";

    internal override IReadOnlyList<WeightSlice> Counting(IReadOnlyList<WeightSlice> slices)
    {
        var producing = slices.Where(s => s.Produces).ToList();
        return producing.Count > 0 ? producing : slices;
    }

    internal override double[] Score(WeightSlice slice)
    {
        var (least, largest) = slice.Extremes();
        return [.. least.Zip(largest, (low, high) => Math.Max(0, high + Math.Abs(low)))];
    }
}
