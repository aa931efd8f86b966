namespace OnnxPrune.Cli.Machines;

/// <summary>Something that an execution provider needs and this machine does not have.</summary>
/// <param name="What">What it is, such as <c>cuDNN 9</c>.</param>
/// <param name="Files">The libraries that were looked for and are not there; none for a package.</param>
/// <param name="Cure">How to get it.</param>
internal sealed record MissingPart(string What, IReadOnlyList<string> Files, string Cure);
