using System.Text.Json.Serialization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Reports;

/// <summary>What every report begins with. docs/reports.md describes each key.</summary>
/// <param name="Command">The command that made it.</param>
internal abstract record Report([property: JsonPropertyOrder(-2)] string Command)
{
    /// <summary>The version of this form; keys may be added to it, not changed.</summary>
    [JsonPropertyOrder(-4)]
    public int Schema { get; } = 1;

    /// <summary>The program and its version.</summary>
    [JsonPropertyOrder(-3)]
    public string Tool { get; } = ToolVersion.Text;

    /// <summary>The report as people read it.</summary>
    public abstract Document ToDocument();
}

/// <summary>A report on a model.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Model">The model, as it was named on the command line.</param>
internal abstract record ModelReport(string Command, [property: JsonPropertyOrder(-1)] string Model) : Report(Command);

/// <summary>One warning of the analysis.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Message">What was left alone, and why.</param>
internal sealed record WarningReport(string Code, string Message)
{
    /// <summary>All warnings of an analysis.</summary>
    public static IReadOnlyList<WarningReport> Of(ModelAnalysis analysis) => [.. analysis.Warnings.Select(w => new WarningReport(w.Code, w.Message))];

    /// <summary>The line that the command prints for it.</summary>
    public string Line(string file) => new Diagnostic(Severity.Warning, Code, Message, file).ToString();
}
