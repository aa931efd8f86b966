using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>
/// A criterion that sees what the linear layers that read a group are given. Layers count with their own units, so that scores are comparable
/// between the channels of a group, and between groups once they are normalised.
/// </summary>
public abstract class ActivationCriterion : Criterion
{
    /// <inheritdoc/>
    public sealed override CriterionNeeds Needs => CriterionNeeds.Activations;

    /// <summary>True where <see cref="LayerInputs.Zeros"/> must be known.</summary>
    public virtual bool CountsZeros => false;

    /// <summary>One number per channel of the group, at least 0, before <see cref="Finish"/>.</summary>
    /// <param name="reader">A layer that reads the group.</param>
    /// <param name="size">Number of the group's channels.</param>
    internal double[] Score(GroupReader reader, int size)
    {
        var blocks = reader.Blocks(size);
        double unit = UnitOf(reader.Layer);
        var scores = new double[size];
        Parallel.For(0, size, c => scores[c] = unit > 0 && blocks[c].Count > 0 ? Score(reader.Layer, blocks[c]) / unit : 0);
        return scores;
    }

    /// <summary>The number of one channel.</summary>
    internal abstract double Score(LayerInputs layer, IReadOnlyList<FeatureBlock> channel);

    /// <summary>What the numbers of one layer are divided by.</summary>
    internal virtual double UnitOf(LayerInputs layer) => 1;

    /// <summary>The score that the numbers of all layers, aggregated, give.</summary>
    internal virtual double Finish(double aggregated) => aggregated;
}
