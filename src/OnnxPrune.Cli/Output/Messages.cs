using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli;

/// <summary>Writes messages to standard error, one per line. Only the severity and the code are coloured.</summary>
internal static class Messages
{
    /// <summary>Writes one message.</summary>
    public static void Write(Diagnostic message, ColorMode color) => Console.Error.WriteLine(Line(message, StreamStyle.OfError(color)));

    /// <summary>The line of a message in a style.</summary>
    public static string Line(Diagnostic message, StreamStyle style)
    {
        string line = message.ToString();
        string mark = $" : {(message.Severity == Severity.Error ? "error" : "warning")} {message.Code}";
        int at = line.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0) return line;
        string severity = mark[3..];
        return line[..(at + 3)] + (message.Severity == Severity.Error ? style.Red(severity) : style.Yellow(severity)) + line[(at + mark.Length)..];
    }
}
