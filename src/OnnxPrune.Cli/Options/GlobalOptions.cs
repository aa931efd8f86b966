using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that every command has: configuration, verbosity and colour.</summary>
internal static class GlobalOptions
{
    /// <summary>The configuration file.</summary>
    public static readonly Option<string?> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "Read options from this JSON file; options on the command line take precedence.",
        Recursive = true,
    };

    /// <summary>How much to print.</summary>
    public static readonly Option<Verbosity?> Verbosity = Recursive(TypedOption.Of<Verbosity?>(
        "--verbosity", "quiet|minimal|normal|detailed|diagnostic",
        "How much to print (default: normal). quiet prints errors; minimal adds warnings and results; normal adds progress on a terminal; "
            + "detailed adds the time of each stage and exact figures; diagnostic adds stack traces of failures.",
        text => OptionValues.OneOf<Verbosity>(text)), "-v");

    /// <summary>Print only errors.</summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Print only errors: the same as --verbosity quiet.",
        Recursive = true,
    };

    /// <summary>When to colour.</summary>
    public static readonly Option<ColorMode> Color = Recursive(TypedOption.Of(
        "--color", "auto|always|never",
        "When to colour output (default: auto). auto colours on terminals unless NO_COLOR is set.", OptionValues.OneOf<ColorMode>));

    /// <summary>All global options.</summary>
    public static IReadOnlyList<Option> All { get; } = [Config, Verbosity, Quiet, CommonOptions.Verbose, Color];

    /// <summary>The options that set the verbosity; the highest level given applies.</summary>
    public static IReadOnlyList<Option> Levels { get; } = [Verbosity, Quiet, CommonOptions.Verbose];

    /// <summary>The verbosity of a command line.</summary>
    public static Verbosity VerbosityOf(ParseResult parsed)
    {
        if (parsed.GetValue(CommonOptions.Verbose)) return Cli.Verbosity.Diagnostic;
        return parsed.GetValue(Verbosity) ?? (parsed.GetValue(Quiet) ? Cli.Verbosity.Quiet : Cli.Verbosity.Normal);
    }

    private static Option<T> Recursive<T>(Option<T> option, params IReadOnlyList<string> aliases)
    {
        option.Recursive = true;
        foreach (string alias in aliases) option.Aliases.Add(alias);
        return option;
    }
}
