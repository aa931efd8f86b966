using System.IO.Enumeration;
using OnnxPrune.Groups;

namespace OnnxPrune.Planning;

/// <summary>Selects groups by globs (<c>*</c> and <c>?</c>) on the names of their weights and of the nodes that use them.</summary>
internal sealed class GroupFilter
{
    private readonly PruneOptions options;
    private readonly ILookup<int, string> readers;

    public GroupFilter(ModelAnalysis analysis, PruneOptions options)
    {
        this.options = options;
        var uses = from node in analysis.Graph.Nodes
                   from value in node.Inputs
                   where value?.Initializer is not null
                   select (value.Id, node.Proto.Name);
        readers = uses.ToLookup(u => u.Id, u => u.Name);
    }

    /// <summary>True when the group may be pruned.</summary>
    public bool Accepts(ChannelGroup group) =>
        (group.IsExact || options.AllowApproximate)
        && (options.Include.Count == 0 || Matches(group, options.Include))
        && !Matches(group, options.Exclude);

    /// <summary>True when the glob matches the whole name.</summary>
    public static bool Matches(string glob, string name) => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false);

    private bool Matches(ChannelGroup group, IReadOnlyList<string> globs) => globs.Count > 0
        && group.Slices.SelectMany(s => readers[s.Weight.Id].Append(s.Weight.Name)).Append(group.Id)
            .Any(name => globs.Any(glob => Matches(glob, name)));
}
