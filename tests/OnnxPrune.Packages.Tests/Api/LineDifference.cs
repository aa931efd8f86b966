namespace OnnxPrune.Packages.Tests.Api;

/// <summary>What changed between two lists of lines that have most of them in common.</summary>
internal static class LineDifference
{
    /// <summary>Removed lines with <c>-</c>, added ones with <c>+</c>, by the longest common subsequence; nothing where they are equal.</summary>
    public static string Between(string[] before, string[] after)
    {
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int k = after.Length - 1; k >= 0; k--)
                common[i, k] = before[i] == after[k] ? common[i + 1, k + 1] + 1 : Math.Max(common[i + 1, k], common[i, k + 1]);
        }
        return string.Join("\n", Walk(before, after, common));
    }

    private static IEnumerable<string> Walk(string[] before, string[] after, int[,] common)
    {
        for (int i = 0, k = 0; i < before.Length || k < after.Length;)
        {
            if (i < before.Length && k < after.Length && before[i] == after[k]) (i, k) = (i + 1, k + 1);
            else if (i < before.Length && (k == after.Length || common[i + 1, k] >= common[i, k + 1])) yield return $"- {before[i++].Trim()}";
            else yield return $"+ {after[k++].Trim()}";
        }
    }
}
