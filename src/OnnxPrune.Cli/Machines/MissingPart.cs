namespace OnnxPrune.Cli.Machines;

/// <summary>A part that an execution provider needs and that this machine does not have.</summary>
/// <param name="What">The name of the part, such as <c>cuDNN 9</c>.</param>
/// <param name="Files">The missing libraries; empty for a package.</param>
/// <param name="Cure">The instruction that installs the part.</param>
internal sealed record MissingPart(string What, IReadOnlyList<string> Files, string Cure);
