using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>A measure of the importance of channels; <see cref="CriterionTable"/> lists all criteria.</summary>
public abstract class Criterion
{
    /// <summary>The name as it is typed.</summary>
    public abstract string Name { get; }

    /// <summary>Where it comes from: the paper in one line, or a word on what it is.</summary>
    public abstract string Source { get; }

    /// <summary>What it has to have besides the model.</summary>
    public abstract CriterionNeeds Needs { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a criterion needs.</summary>
public enum CriterionNeeds
{
    /// <summary>Nothing but the weights.</summary>
    Weights,

    /// <summary>Calibration data, and the activations that linear layers read on them.</summary>
    Activations,

    /// <summary>Calibration data, and the outputs of the network on them with channels left out.</summary>
    Outputs,
}
