using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The options of every command: where others come from, and how much is said in which form.</summary>
internal static class GlobalOptions
{
    /// <summary>A file of options.</summary>
    public static readonly Option<string?> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "Read options from this JSON file; those on the command line win.",
        Recursive = true,
    };

    /// <summary>How much is said.</summary>
    public static readonly Option<Verbosity?> Verbosity = Recursive(TypedOption.Of<Verbosity?>(
        "--verbosity", "quiet|minimal|normal|detailed|diagnostic",
        "How much to say: errors; also warnings and results; also progress on a terminal; also the time of each stage; also stack traces of failures "
            + "(default: normal).",
        text => OptionValues.OneOf<Verbosity>(text)), "-v");

    /// <summary>Say nothing but errors.</summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print errors only, as --verbosity quiet.", Recursive = true };

    /// <summary>When to colour.</summary>
    public static readonly Option<ColorMode> Color = Recursive(TypedOption.Of(
        "--color", "auto|always|never",
        "When to colour output (default: auto, on terminals unless NO_COLOR is set).", OptionValues.OneOf<ColorMode>));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Config, Verbosity, Quiet, CommonOptions.Verbose, Color];

    /// <summary>The options that say one thing in different ways; the loudest that is given counts.</summary>
    public static IReadOnlyList<Option> Levels { get; } = [Verbosity, Quiet, CommonOptions.Verbose];

    /// <summary>How much to say.</summary>
    public static Verbosity VerbosityOf(ParseResult parsed)
    {
        if (parsed.GetValue(CommonOptions.Verbose)) return Options.Verbosity.Diagnostic;
        return parsed.GetValue(Verbosity) ?? (parsed.GetValue(Quiet) ? Options.Verbosity.Quiet : Options.Verbosity.Normal);
    }

    private static Option<T> Recursive<T>(Option<T> option, params IReadOnlyList<string> aliases)
    {
        option.Recursive = true;
        foreach (string alias in aliases) option.Aliases.Add(alias);
        return option;
    }
}
