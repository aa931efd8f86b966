using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The options for reports.</summary>
internal static class ReportOptions
{
    private static readonly Option<IReadOnlyList<string>> Report = TypedOption.OfMany(
        "--report", "FILE",
        "Also write a report to this file; the extension .json, .md or .html chooses the format; may be repeated.",
        ReportForms.Checked);

    /// <summary>Print the report as JSON.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print only the report, as one JSON document." };

    /// <summary>The file that receives the paths of all input files.</summary>
    public static readonly Option<string?> Dependencies = new("--dependencies")
    {
        HelpName = "FILE",
        Description = "Also write the full paths of all input files to this file, one per line, for build systems.",
    };

    /// <summary>The report files of a run.</summary>
    public static IReadOnlyList<string> Files(Invocation run) => run.Value(Report) ?? [];

    /// <summary>Both report options.</summary>
    public static IReadOnlyList<Option> All { get; } = [Report, Json];

    /// <summary>Adds both to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }
}
