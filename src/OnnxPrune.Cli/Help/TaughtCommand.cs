using System.CommandLine;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Help;

/// <summary>A command whose help begins with examples.</summary>
/// <param name="name">The name.</param>
/// <param name="description">The description, one sentence.</param>
/// <param name="examples">Two to four examples, which the parser must accept.</param>
internal sealed class TaughtCommand(string name, string description, params IReadOnlyList<Example> examples) : Command(name, description)
{
    private const int MostExamples = 4;

    /// <summary>The examples.</summary>
    public IReadOnlyList<Example> Examples => examples;

    /// <summary>The examples of a command. The root shows the first example of each of its first commands.</summary>
    public static IReadOnlyList<Example> Of(Command command) => command switch
    {
        TaughtCommand taught => taught.Examples,
        RootCommand root => [.. CommandTree.Commands(root).SelectMany(c => Of(c).Take(1)).Take(MostExamples)],
        _ => [],
    };
}
