using System.CommandLine;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Help;

/// <summary>A command whose help begins with examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, in a sentence.</param>
/// <param name="examples">Two to four examples; each must be understood by the parser.</param>
internal sealed class TaughtCommand(string name, string description, params IReadOnlyList<Example> examples) : Command(name, description)
{
    private const int MostExamples = 4;

    /// <summary>The examples.</summary>
    public IReadOnlyList<Example> Examples => examples;

    /// <summary>The examples of a command; of the root the first one of its first commands.</summary>
    public static IReadOnlyList<Example> Of(Command command) => command switch
    {
        TaughtCommand taught => taught.Examples,
        RootCommand root => [.. CommandTree.Commands(root).SelectMany(c => Of(c).Take(1)).Take(MostExamples)],
        _ => [],
    };
}
