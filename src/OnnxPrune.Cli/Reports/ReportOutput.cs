using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OnnxPrune.Cli.Commands;
using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Reports;

/// <summary>Puts a report where it was asked for.</summary>
internal static class ReportOutput
{
    /// <summary>Writes the file of --report, and prints the document of --json or else what <paramref name="print"/> prints.</summary>
    public static void Write<T>(Invocation run, T report, JsonTypeInfo<T> type, WrittenFiles files, Action print)
    {
        string json = ToJson(report, type);
        if (run.Value(ReportOptions.Report) is { } path) files.Save(json, path);
        if (run.Value(ReportOptions.Json)) run.Terminal.Text(json);
        else print();
    }

    /// <summary>The JSON text of a report, ending with a newline.</summary>
    public static string ToJson<T>(T report, JsonTypeInfo<T> type) => JsonSerializer.Serialize(report, type).ReplaceLineEndings("\n") + "\n";
}
