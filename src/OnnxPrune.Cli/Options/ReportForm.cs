using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Options;

/// <summary>The forms of a report.</summary>
internal enum ReportForm
{
    /// <summary>A document for programs.</summary>
    Json,

    /// <summary>Text for a comment or a summary.</summary>
    Markdown,

    /// <summary>A page for browsers.</summary>
    Html,
}

/// <summary>Forms by the names of files.</summary>
internal static class ReportForms
{
    /// <summary>The form of a file.</summary>
    /// <exception cref="OnnxPruneException">OP2001: its name ends in nothing known.</exception>
    public static ReportForm Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => ReportForm.Json,
        ".md" => ReportForm.Markdown,
        ".html" or ".htm" => ReportForm.Html,
        _ => throw new OnnxPruneException(ErrorCodes.InvalidOption, $"'{path}' names no form of a report; let it end in .json, .md or .html"),
    };

    /// <summary>Files, each of which has a form.</summary>
    /// <exception cref="OnnxPruneException">OP2001: one has none.</exception>
    public static IReadOnlyList<string> Checked(IReadOnlyList<string> paths)
    {
        foreach (string path in paths) Of(path);
        return paths;
    }
}
