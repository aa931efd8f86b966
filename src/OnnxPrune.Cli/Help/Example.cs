namespace OnnxPrune.Cli.Help;

/// <summary>A command line worth copying.</summary>
/// <param name="Line">What to type, <c>onnxprune</c> included.</param>
/// <param name="Purpose">What it does, without a full stop.</param>
internal sealed record Example(string Line, string Purpose);
