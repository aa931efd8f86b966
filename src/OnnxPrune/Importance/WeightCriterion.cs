using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Advanced;

/// <summary>A criterion that sees weights alone.</summary>
public abstract class WeightCriterion : Criterion
{
    /// <inheritdoc/>
    public sealed override CriterionNeeds Needs => CriterionNeeds.Weights;

    /// <summary>One score per channel, at least 0.</summary>
    /// <param name="group">The group.</param>
    /// <param name="slices">Where it occurs; what only rescales is left out.</param>
    /// <param name="aggregation">How these are put together.</param>
    /// <param name="seed">The seed of random scores.</param>
    internal abstract double[] Score(ChannelGroup group, IReadOnlyList<WeightSlice> slices, Aggregation aggregation, int seed);
}
