namespace OnnxPrune.Cli.Help;

/// <summary>An example of a command line.</summary>
/// <param name="Line">The command line, starting with <c>onnxprune</c>.</param>
/// <param name="Purpose">Its purpose, without a full stop.</param>
internal sealed record Example(string Line, string Purpose);
