using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports.Html;
using OnnxPrune.Cli.Reports.Markdown;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>Writes a report to the requested files and to standard output.</summary>
internal static class ReportOutput
{
    /// <summary>
    /// Writes the files of --report in the format of their extensions and commits them together with <paramref name="files"/>. Then prints
    /// the JSON document with --json, or calls <paramref name="print"/> without it.
    /// </summary>
    public static void Write<T>(Invocation run, T report, JsonTypeInfo<T> type, OutputFiles files, Action print)
        where T : Report
    {
        foreach (string path in ReportOptions.Files(run)) files.Save(InForm(report, type, ReportForms.Of(path)), path);
        files.Commit();
        if (run.Value(ReportOptions.Json)) run.Terminal.Text(ToJson(report, type));
        else print();
    }

    /// <summary>Writes the files of --report, and the report to the file of --output or to standard output.</summary>
    public static void Show<T>(Invocation run, T report, JsonTypeInfo<T> type, Action<Terminal> show)
        where T : Report
    {
        using var files = new OutputFiles();
        string? output = run.Value(ListingOptions.Output);
        if (output is not null) files.Save(Terminal.Printed(show), output);
        Write(run, report, type, files, () =>
        {
            if (output is null) show(run.Terminal);
        });
    }

    private static string InForm<T>(T report, JsonTypeInfo<T> type, ReportForm form)
        where T : Report => form switch
        {
            ReportForm.Markdown => MarkdownPage.Of(report.ToDocument()),
            ReportForm.Html => HtmlPage.Of(report.ToDocument()),
            _ => ToJson(report, type),
        };

    /// <summary>The JSON text of a report, ending with a newline.</summary>
    public static string ToJson<T>(T report, JsonTypeInfo<T> type) => JsonSerializer.Serialize(report, type).ReplaceLineEndings("\n") + "\n";
}
