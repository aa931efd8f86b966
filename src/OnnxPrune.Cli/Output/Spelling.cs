namespace OnnxPrune.Cli;

/// <summary>Suggests corrections of misspelt words.</summary>
internal static class Spelling
{
    /// <summary>The candidate with the smallest edit distance; ties go to the first one; null if none is close.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        var distances = candidates.Select(c => (Candidate: c, Distance: Distance(word, c)));
        var near = distances.Where(c => c.Distance <= Slips(Math.Min(word.Length, c.Candidate.Length)));
        var beginning = candidates.Where(c => word.Trim('-').Length > 2 && c.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return near.OrderBy(c => c.Distance).Select(c => c.Candidate).Concat(beginning).FirstOrDefault();
    }

    /// <summary>All distinct candidates, nearest first; candidates that contain the word or are contained in it precede the others.</summary>
    public static IEnumerable<string> Nearest(string word, IEnumerable<string> candidates) => candidates
        .Distinct(StringComparer.Ordinal).Where(c => c.Length > 0)
        .OrderBy(c => Contains(c, word) || Contains(word, c) ? 0 : 1).ThenBy(c => Distance(word, c)).ThenBy(c => c, StringComparer.Ordinal);

    /// <summary>A question to append to a message, such as <c>; did you mean 'l2'?</c>, or an empty text.</summary>
    public static string Question(string word, IEnumerable<string> candidates) =>
        Closest(word, candidates) is { } meant ? $"; did you mean '{meant}'?" : "";

    private static int Slips(int length) => length switch { < 2 => 0, < 6 => 1, < 10 => 2, _ => 3 };

    // Damerau-Levenshtein distance in the restricted form (optimal string alignment), ignoring case.
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = cost[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
