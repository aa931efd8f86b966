using System.CommandLine;

namespace OnnxPrune.Cli.Usage;

/// <summary>One thing that is wrong with a command line.</summary>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Option">The option whose value is at fault, or null.</param>
internal sealed record UsageError(string Message, Option? Option = null);
