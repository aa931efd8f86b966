using OnnxPrune.Numerics;

namespace OnnxPrune.Importance;

/// <summary>
/// Σ of the Euclidean distances of a channel's weights to those of all other channels of the slice: what lies near the geometric median can be
/// replaced by the others. Slices of vectors (biases, scales) count only where a group has no others.
/// </summary>
internal sealed class GeometricMedianDistance : SliceCriterion
{
    /// <inheritdoc/>
    public override string Name => "fpgm";

    /// <inheritdoc/>
    public override string Source => "He et al. 2019, Filter Pruning via Geometric Median";

    internal override IReadOnlyList<WeightSlice> Counting(IReadOnlyList<WeightSlice> slices)
    {
        var filters = slices.Where(s => s.Rank > 1).ToList();
        return filters.Count > 0 ? filters : slices;
    }

    // ‖a − b‖² = ‖a‖² + ‖b‖² − 2ab.
    internal override double[] Score(WeightSlice slice)
    {
        var vectors = slice.Vectors();
        var squares = new double[vectors.Rows];
        for (int c = 0; c < squares.Length; c++) squares[c] = FixedOrder.Dot(vectors.Row(c), vectors.Row(c));
        var scores = new double[vectors.Rows];
        Parallel.For(0, scores.Length, c =>
        {
            double sum = 0;
            for (int d = 0; d < scores.Length; d++)
                if (d != c) sum += Math.Sqrt(Math.Max(0, squares[c] + squares[d] - (2 * FixedOrder.Dot(vectors.Row(c), vectors.Row(d)))));
            scores[c] = sum;
        });
        return scores;
    }
}
