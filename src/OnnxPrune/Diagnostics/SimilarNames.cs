namespace OnnxPrune.Diagnostics;

/// <summary>Finds the names that a misspelt name could mean.</summary>
internal static class SimilarNames
{
    private const int MostNames = 3;

    /// <summary>The names that share the longest piece with a name or glob, at least half of its letters.</summary>
    public static IReadOnlyList<string> Of(string glob, List<string> names)
    {
        string letters = glob.Replace("*", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal);
        return
        [
            .. names.Select(name => (name, Shared: SharedLength(letters, name)))
                .Where(n => n.Shared >= 2 && 2 * n.Shared >= letters.Length)
                .OrderByDescending(n => n.Shared).ThenBy(n => n.name.Length).ThenBy(n => n.name, StringComparer.Ordinal)
                .Take(MostNames).Select(n => n.name),
        ];
    }

    // The length of the longest common piece, ignoring case.
    private static int SharedLength(string a, string b)
    {
        int best = 0;
        var row = new int[b.Length + 1];
        foreach (char x in a)
        {
            for (int j = b.Length; j > 0; j--)
            {
                row[j] = char.ToUpperInvariant(x) == char.ToUpperInvariant(b[j - 1]) ? row[j - 1] + 1 : 0;
                best = Math.Max(best, row[j]);
            }
        }
        return best;
    }
}
