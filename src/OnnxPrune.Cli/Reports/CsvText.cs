namespace OnnxPrune.Cli.Reports;

/// <summary>Comma-separated values (RFC 4180); lines end in a line feed.</summary>
internal static class CsvText
{
    /// <summary>One line, its line feed included.</summary>
    public static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
