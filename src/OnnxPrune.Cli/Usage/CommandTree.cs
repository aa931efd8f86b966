using System.CommandLine;
using System.CommandLine.Help;

namespace OnnxPrune.Cli.Usage;

/// <summary>What every command takes, as help, completion, corrections, configuration files and documents need it.</summary>
internal static class CommandTree
{
    /// <summary>The name of the program.</summary>
    public const string Program = "onnxprune";

    /// <summary>The commands that are shown, in order.</summary>
    public static IEnumerable<Command> Commands(Command parent) => parent.Subcommands.Where(c => !c.Hidden);

    /// <summary>A command's own options, then those of its parents that it inherits.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Options).Where(o => o.Recursive)).Where(o => !o.Hidden).Distinct();

    /// <summary>The options that may stand in a configuration file: all but those that ask for help, the version, or the file itself.</summary>
    public static IEnumerable<Option> Configurable(Command command) =>
        Options(command).Where(o => o is not (HelpOption or VersionOption) && o != Cli.Options.GlobalOptions.Config);

    /// <summary>All names of an option.</summary>
    public static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>The command as it is typed.</summary>
    public static string Path(Command command) =>
        command is RootCommand ? Program : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";

    /// <summary>The option of a name, or null.</summary>
    public static Option? Find(Command command, string name) => Options(command).FirstOrDefault(o => Names(o).Contains(name));

    /// <summary>True where an option may be given several times.</summary>
    public static bool IsRepeatable(Option option) => option.Arity.MaximumNumberOfValues > 1;
}
