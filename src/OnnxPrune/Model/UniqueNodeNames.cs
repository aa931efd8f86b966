using Onnx;

namespace OnnxPrune.Model;

/// <summary>
/// Gives every node of a graph a name of its own. Older exporters wrote files in which nodes share a name; runtimes reject such files, although
/// nothing reads the names of nodes.
/// </summary>
internal static class UniqueNodeNames
{
    /// <summary>Renames all nodes but the first of those that share a name, in the graph and in the bodies of its nodes.</summary>
    /// <returns>The names that were shared.</returns>
    public static IReadOnlyList<string> Apply(GraphProto graph)
    {
        var shared = new List<string>();
        var unused = new Lazy<NameAllocator>(() => new(graph));
        foreach (var scope in SubGraphs.Within(graph))
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in scope.Node.Where(n => n.Name.Length > 0 && !names.Add(n.Name)))
            {
                shared.Add(node.Name);
                node.Name = unused.Value.Unique(node.Name);
            }
        }
        return [.. shared.Distinct(StringComparer.Ordinal)];
    }
}
