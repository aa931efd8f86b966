using System.CommandLine;
using System.CommandLine.Help;

namespace OnnxPrune.Cli.Usage;

/// <summary>Queries on the tree of commands, shared by help, completion, suggestions, configuration files and documents.</summary>
internal static class CommandTree
{
    /// <summary>The name of the program.</summary>
    public const string Program = "onnxprune";

    /// <summary>The visible commands, in order.</summary>
    public static IEnumerable<Command> Commands(Command parent) => parent.Subcommands.Where(c => !c.Hidden);

    /// <summary>The visible arguments, in order.</summary>
    public static IEnumerable<Argument> Arguments(Command command) => command.Arguments.Where(a => !a.Hidden);

    /// <summary>The options of a command, followed by the options that it inherits.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Options).Where(o => o.Recursive)).Where(o => !o.Hidden).Distinct();

    /// <summary>The options that a configuration file may contain: all except help, version and <c>--config</c>.</summary>
    public static IEnumerable<Option> Configurable(Command command) =>
        Options(command).Where(o => o is not (HelpOption or VersionOption) && o != Cli.Options.GlobalOptions.Config);

    /// <summary>All names of an option.</summary>
    public static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>The command as typed on the command line.</summary>
    public static string Path(Command command) =>
        command is RootCommand ? Program : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";

    /// <summary>The option with this name, or null.</summary>
    public static Option? Find(Command command, string name) => Options(command).FirstOrDefault(o => Names(o).Contains(name));

    /// <summary>True if an option may be repeated.</summary>
    public static bool IsRepeatable(Option option) => option.Arity.MaximumNumberOfValues > 1;
}
