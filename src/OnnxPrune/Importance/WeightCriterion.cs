using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Advanced;

/// <summary>A criterion that reads only weights.</summary>
public abstract class WeightCriterion : Criterion
{
    /// <inheritdoc/>
    public sealed override CriterionNeeds Needs => CriterionNeeds.Weights;

    /// <summary>One score per channel, at least 0.</summary>
    /// <param name="group">The group.</param>
    /// <param name="slices">The occurrences of the group, without the weights that only rescale.</param>
    /// <param name="aggregation">How the scores of the occurrences are combined.</param>
    /// <param name="seed">The seed of random scores.</param>
    internal abstract double[] Score(ChannelGroup group, IReadOnlyList<WeightSlice> slices, Aggregation aggregation, int seed);
}
