using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Advanced;

/// <summary>A weight criterion that scores each occurrence of a group separately.</summary>
public abstract class SliceCriterion : WeightCriterion
{
    internal sealed override double[] Score(ChannelGroup group, IReadOnlyList<WeightSlice> slices, Aggregation aggregation, int seed) =>
        Array.ConvertAll(aggregation.Of(Counting(slices).Select(Score).ToList(), group.Size), Finish);

    /// <summary>One number per channel of the group, at least 0.</summary>
    internal abstract double[] Score(WeightSlice slice);

    /// <summary>The occurrences that the criterion uses.</summary>
    internal virtual IReadOnlyList<WeightSlice> Counting(IReadOnlyList<WeightSlice> slices) => slices;

    /// <summary>The final score of a channel, from the aggregated scores of all occurrences.</summary>
    internal virtual double Finish(double aggregated) => aggregated;
}
