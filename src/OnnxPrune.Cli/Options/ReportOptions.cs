using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that say in which form the result is reported.</summary>
internal static class ReportOptions
{
    /// <summary>A file for the report.</summary>
    public static readonly Option<string?> Report = new("--report")
    {
        HelpName = "FILE",
        Description = "Also write the report to this file, as JSON.",
    };

    /// <summary>The report on standard output.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "Print the report as one JSON document, and nothing else." };

    /// <summary>Adds both to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Report);
        command.Options.Add(Json);
    }
}
