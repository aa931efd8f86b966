using System.CommandLine;

namespace OnnxPrune.Cli.Usage;

/// <summary>An error in a command line.</summary>
/// <param name="Message">The error and its cure.</param>
/// <param name="Option">The option with the invalid value, or null.</param>
internal sealed record UsageError(string Message, Option? Option = null);
