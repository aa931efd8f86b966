using OnnxPrune.Diagnostics;

namespace OnnxPrune.Planning;

/// <summary>Rejects globs that match no name of a model: a misspelt <c>--exclude</c> would prune what it should protect.</summary>
internal static class GlobCheck
{
    private const int MostNames = 3;

    /// <summary>Checks the globs of <see cref="PruneOptions.Include"/> and <see cref="PruneOptions.Exclude"/>.</summary>
    /// <exception cref="OnnxPruneException">OP2006: a glob matches no node, weight or group.</exception>
    public static void Run(ModelAnalysis analysis, PruneOptions options)
    {
        if (options.Include.Count + options.Exclude.Count == 0) return;
        var names = analysis.Graph.Nodes.Select(n => n.Proto.Name)
            .Concat(analysis.Graph.Initializers.Select(v => v.Name))
            .Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var groups = analysis.Groups.Select(g => g.Id).ToList();
        Check("include", options.Include, names, groups);
        Check("exclude", options.Exclude, names, groups);
    }

    private static void Check(string option, IReadOnlyList<string> globs, List<string> names, List<string> groups)
    {
        foreach (string glob in globs)
        {
            if (names.Concat(groups).Any(name => GroupFilter.Matches(glob, name))) continue;
            var near = Near(glob, names);
            string hint = near.Count == 0 ? "'onnxprune inspect' lists the names" : $"similar names are {string.Join(", ", near.Select(n => $"'{n}'"))}";
            throw new OnnxPruneException(ErrorCodes.NothingMatches, $"{option}: no node or weight of the model matches '{glob}'; {hint}");
        }
    }

    // Names that share the longest piece with the glob, at least half of its letters.
    private static IReadOnlyList<string> Near(string glob, List<string> names)
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
