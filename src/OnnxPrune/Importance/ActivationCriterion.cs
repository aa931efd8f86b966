using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>
/// A criterion that reads the inputs of the linear layers that read a group. The scores of each layer are divided by a unit of that layer. This
/// makes them comparable between the channels of a group, and, after normalisation, between groups.
/// </summary>
public abstract class ActivationCriterion : Criterion
{
    /// <inheritdoc/>
    public sealed override CriterionNeeds Needs => CriterionNeeds.Activations;

    /// <summary>True if the criterion needs <see cref="LayerInputs.Zeros"/>.</summary>
    public virtual bool CountsZeros => false;

    /// <summary>One number per channel of the group, at least 0, before <see cref="Finish"/>.</summary>
    /// <param name="reader">A layer that reads the group.</param>
    /// <param name="size">The number of channels of the group.</param>
    internal double[] Score(GroupReader reader, int size)
    {
        var blocks = reader.Blocks(size);
        double unit = UnitOf(reader.Layer);
        var scores = new double[size];
        Parallel.For(0, size, c => scores[c] = unit > 0 && blocks[c].Count > 0 ? Score(reader.Layer, blocks[c]) / unit : 0);
        return scores;
    }

    /// <summary>The score of one channel in one layer, before the division by the unit.</summary>
    internal abstract double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel);

    /// <summary>The divisor of the scores of one layer.</summary>
    internal virtual double UnitOf(LayerInputs layer) => 1;

    /// <summary>The final score of a channel, from the aggregated scores of all layers.</summary>
    internal virtual double Finish(double aggregated) => aggregated;
}
