namespace OnnxPrune.Importance;

/// <summary>Scores that were made elsewhere, in a .npz file: <c>file:scores.npz</c>.</summary>
/// <param name="path">The file.</param>
internal sealed class FileCriterion(string path) : Criterion
{
    /// <summary>What its name begins with.</summary>
    public const string Prefix = "file:";

    /// <summary>The file.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public override string Name => Prefix + path;

    /// <inheritdoc/>
    public override string Source => "scores made elsewhere";

    /// <inheritdoc/>
    public override CriterionNeeds Needs => CriterionNeeds.Weights;
}
