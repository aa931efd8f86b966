using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that say in which form the result is reported.</summary>
internal static class ReportOptions
{
    private static readonly Option<IReadOnlyList<string>> Report = TypedOption.OfMany(
        "--report", "FILE",
        "Also write the report to this file, as JSON, Markdown or a page by its ending: .json, .md or .html; may be repeated.",
        ReportForms.Checked);

    /// <summary>The report on standard output.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print the report as one JSON document, and nothing else." };

    /// <summary>A file for the paths of what was read.</summary>
    public static readonly Option<string?> Dependencies = new("--dependencies")
    {
        HelpName = "FILE",
        Description = "Also write the full paths of all files that were read to this file, one per line, for build systems.",
    };

    /// <summary>The files for the report.</summary>
    public static IReadOnlyList<string> Files(Invocation run) => run.Value(Report) ?? [];

    /// <summary>Both of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Report, Json];

    /// <summary>Adds both to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }
}
