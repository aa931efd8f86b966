using System.Text;

namespace OnnxPrune.Cli.Reports.Markdown;

/// <summary>Escapes text for GitHub-flavoured Markdown, so that names from models cannot produce markup or mentions or break tables.</summary>
internal static class MarkdownText
{
    /// <summary>Prose.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '@' => escaped.Append("&#64;"),
                '#' => escaped.Append("&#35;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$' => escaped.Append('\\').Append(c),
                _ => escaped.Append(char.IsControl(c) ? ' ' : c),
            };
        }
        return escaped.ToString();
    }

    /// <summary>A name as code that is safe in tables.</summary>
    public static string Code(string name)
    {
        string line = string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c)).Replace("|", "\\|", StringComparison.Ordinal);
        if (line.Trim().Length == 0) return "";
        if (!line.Contains('`', StringComparison.Ordinal)) return $"`{line}`";
        int longest = line.Split(line.Where(c => c != '`').Distinct().ToArray()).Max(run => run.Length);
        string fence = new('`', longest + 1);
        return $"{fence} {line} {fence}";
    }
}
