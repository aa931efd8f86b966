using System.Text;

namespace OnnxPrune.Cli;

/// <summary>Lays out terms and explanations in two columns.</summary>
internal static class Columns
{
    private const int Indent = 2, Gap = 2, WidestTerm = 30;

    /// <summary>The lines of a table. The explanation of a term that is too wide for its column follows on the next line.</summary>
    public static string Of(IReadOnlyList<(string Term, string Text)> rows, int width)
    {
        int column = rows.Select(r => r.Term.Length).Where(length => length <= WidestTerm).DefaultIfEmpty(0).Max();
        int start = Indent + column + Gap;
        var text = new StringBuilder();
        foreach (var (term, explanation) in rows)
        {
            var lines = Wrap(explanation, Math.Max(20, width - start));
            bool fits = term.Length <= column;
            text.Append(' ', Indent).Append(term);
            if (fits && lines.Count > 0) text.Append(' ', start - Indent - term.Length).Append(lines[0]);
            text.Append('\n');
            foreach (string line in lines.Skip(fits ? 1 : 0)) text.Append(' ', start).Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Breaks text at spaces into lines of at most this width; a longer word gets its own line.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width) lines[^1] += " " + word;
            else lines.Add(word);
        }
        return lines;
    }
}
