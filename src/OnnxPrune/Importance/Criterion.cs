using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>A measure of the importance of channels; <see cref="CriterionTable"/> lists all criteria.</summary>
public abstract class Criterion
{
    /// <summary>The name, as on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The source: the paper in one line, or a short description.</summary>
    public abstract string Source { get; }

    /// <summary>The data that the criterion needs besides the model.</summary>
    public abstract CriterionNeeds Needs { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The data that a criterion needs.</summary>
public enum CriterionNeeds
{
    /// <summary>Only the weights.</summary>
    Weights,

    /// <summary>Calibration data, and the activations that the linear layers read on these data.</summary>
    Activations,

    /// <summary>Calibration data, and the outputs of the network on these data without some channels.</summary>
    Outputs,
}
