using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>A criterion that measures the outputs of the network. It gives whole curves (<see cref="GroupCurve"/>) instead of scores.</summary>
/// <param name="name">The name, as on the command line.</param>
/// <param name="source">The source: the paper in one line, or a short description.</param>
public class CurveCriterion(string name, string source) : Criterion
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Source => source;

    /// <inheritdoc/>
    public override CriterionNeeds Needs => CriterionNeeds.Outputs;
}
