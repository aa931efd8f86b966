using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>
/// The modules of a model, derived from node names: <c>/layer1/layer1.0/conv1/Conv</c> belongs to layer1.0 within layer1.
/// </summary>
/// <param name="Path">The names of the enclosing modules and of this one, separated by slashes.</param>
/// <param name="Nodes">The nodes that belong to no inner module.</param>
/// <param name="Parts">The inner modules, in the order of their first nodes.</param>
internal sealed record ModuleTree(string Path, IReadOnlyList<Node> Nodes, IReadOnlyList<ModuleTree> Parts)
{
    /// <summary>Its own name.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The modules of a graph. A module with a single node is ignored.</summary>
    public static ModuleTree Of(Graph graph) => Of("", [.. graph.Nodes.Select(node => (node, PartsOf(node)))], 0);

    /// <summary>The modules that contain a node, outermost first; empty if its name is not a path.</summary>
    public static IReadOnlyList<string> PartsOf(Node node) =>
        node.Proto.Name.StartsWith('/') ? node.Proto.Name.Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1] : [];

    private static ModuleTree Of(string path, List<(Node Node, IReadOnlyList<string> Parts)> nodes, int depth)
    {
        var inner = nodes.Where(n => n.Parts.Count > depth)
            .GroupBy(n => n.Parts[depth]).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => g.ToList());
        return new ModuleTree(
            path,
            [.. nodes.Where(n => n.Parts.Count <= depth || !inner.ContainsKey(n.Parts[depth])).Select(n => n.Node)],
            [.. inner.Select(part => Of($"{path}/{part.Key}", part.Value, depth + 1))]);
    }
}
