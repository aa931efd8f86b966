using System.Text.Json.Serialization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Reports;

/// <summary>The common part of all reports. docs/reports.md describes each key.</summary>
/// <param name="Command">The command that made the report.</param>
internal abstract record Report([property: JsonPropertyOrder(-2)] string Command)
{
    /// <summary>The schema version. Keys may be added within a version, but not changed.</summary>
    [JsonPropertyOrder(-4)]
    public int Schema { get; } = 1;

    /// <summary>The program and its version.</summary>
    [JsonPropertyOrder(-3)]
    public string Tool { get; } = ToolVersion.Text;

    /// <summary>The report as a document for people.</summary>
    public abstract Document ToDocument();
}

/// <summary>A report on a model.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The model's path, as given on the command line.</param>
internal abstract record ModelReport(string Command, [property: JsonPropertyOrder(-1)] string Model) : Report(Command);

/// <summary>One warning of the analysis.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Message">The part of the model that is not pruned, and the reason.</param>
internal sealed record WarningReport(string Code, string Message)
{
    /// <summary>All warnings of an analysis.</summary>
    public static IReadOnlyList<WarningReport> Of(ModelAnalysis analysis) => [.. analysis.Warnings.Select(w => new WarningReport(w.Code, w.Message))];

    /// <summary>The warning as printed on the terminal.</summary>
    public string Line(string file) => new Diagnostic(Severity.Warning, Code, Message, file).ToString();
}
