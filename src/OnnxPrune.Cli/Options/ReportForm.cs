using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Options;

/// <summary>The format of a report file.</summary>
internal enum ReportForm
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>GitHub-flavoured Markdown.</summary>
    Markdown,

    /// <summary>An HTML page.</summary>
    Html,
}

/// <summary>Derives the format of a report from its file name.</summary>
internal static class ReportForms
{
    /// <summary>The format of a file.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the file extension is unknown.</exception>
    public static ReportForm Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => ReportForm.Json,
        ".md" => ReportForm.Markdown,
        ".html" or ".htm" => ReportForm.Html,
        _ => throw new OnnxPruneException(ErrorCodes.InvalidOption, $"'{path}' has an unknown extension; reports are .json, .md or .html"),
    };

    /// <summary>The files, after a check of their extensions.</summary>
    /// <exception cref="OnnxPruneException">OP2001: a file extension is unknown.</exception>
    public static IReadOnlyList<string> Checked(IReadOnlyList<string> paths)
    {
        foreach (string path in paths) Of(path);
        return paths;
    }
}
