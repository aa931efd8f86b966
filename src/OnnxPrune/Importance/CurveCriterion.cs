using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>A criterion that is measured on the network's outputs: it gives whole curves (<see cref="GroupCurve"/>), not scores.</summary>
/// <param name="name">The name as it is typed.</param>
/// <param name="source">Where it comes from.</param>
public class CurveCriterion(string name, string source) : Criterion
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Source => source;

    /// <inheritdoc/>
    public override CriterionNeeds Needs => CriterionNeeds.Outputs;
}
