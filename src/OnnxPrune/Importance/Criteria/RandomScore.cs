using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Importance;

/// <summary>
/// A hash of seed, group and channel, in [0, 1): independent of the order in which groups are scored.
/// </summary>
internal sealed class RandomScore : WeightCriterion
{
    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    public override string Source => "the baseline that every other criterion must beat";

    internal override double[] Score(ChannelGroup group, IReadOnlyList<WeightSlice> slices, Aggregation aggregation, int seed)
    {
        ulong hash = SplitMix64.SeedOf(group.Id, seed);
        var scores = new double[group.Size];
        for (int i = 0; i < scores.Length; i++) scores[i] = SplitMix64.Uniform(hash, (ulong)i + 1);
        return scores;
    }
}
