using OnnxPrune.Diagnostics;

namespace OnnxPrune.Planning;

/// <summary>Rejects globs that match no name of a model: a misspelt <c>--exclude</c> would prune what it should protect.</summary>
internal static class GlobCheck
{
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
            var near = SimilarNames.Of(glob, names);
            string hint = near.Count == 0 ? "'onnxprune inspect' lists the names" : $"similar names are {string.Join(", ", near.Select(n => $"'{n}'"))}";
            throw new OnnxPruneException(ErrorCodes.NothingMatches, $"{option}: no node or weight of the model matches '{glob}'; {hint}");
        }
    }
}
