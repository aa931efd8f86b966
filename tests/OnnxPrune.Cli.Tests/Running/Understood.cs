using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>Command lines as the parser understands them, without a process.</summary>
internal static class Understood
{
    /// <summary>The tree of commands.</summary>
    public static RootCommand Root { get; } = CommandLine.Root();

    /// <summary>Every command that is shown, by name.</summary>
    public static IReadOnlyDictionary<string, Command> Commands { get; } = CommandTree.Commands(Root).ToDictionary(c => c.Name);

    /// <summary>What is wrong with a line that begins with the program's name.</summary>
    public static IReadOnlyList<UsageError> Errors(string line) => Errors([.. CommandLineParser.SplitCommandLine(line).Skip(1)]);

    /// <summary>What is wrong with arguments.</summary>
    public static IReadOnlyList<UsageError> Errors(params string[] args) => UsageErrors.Of(Root.Parse(args));

    /// <summary>The one message about a line that begins with the program's name.</summary>
    public static string Error(string line) => Assert.Single(Errors(line)).Message;
}
