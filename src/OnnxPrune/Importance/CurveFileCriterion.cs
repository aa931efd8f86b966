namespace OnnxPrune.Importance;

/// <summary>Curves that were measured before, in a file.</summary>
/// <param name="path">The file.</param>
internal sealed class CurveFileCriterion(string path) : CurveCriterion(Prefix + path, "curves measured before")
{
    /// <summary>What its name begins with.</summary>
    public const string Prefix = "curves:";

    /// <summary>The file.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public override CriterionNeeds Needs => CriterionNeeds.Weights;
}
