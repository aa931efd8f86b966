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
        Apply(graph, shared);
        return [.. shared.Distinct(StringComparer.Ordinal)];
    }

    private static void Apply(GraphProto graph, List<string> shared)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var all = new Lazy<HashSet<string>>(() => new(graph.Node.Select(n => n.Name), StringComparer.Ordinal));
        foreach (var node in graph.Node)
        {
            if (node.Name.Length > 0 && !names.Add(node.Name))
            {
                shared.Add(node.Name);
                node.Name = Unused(node.Name, all.Value);
                names.Add(node.Name);
            }
            foreach (var attribute in node.Attribute)
            {
                if (attribute.G is not null) Apply(attribute.G, shared);
                foreach (var body in attribute.Graphs) Apply(body, shared);
            }
        }
    }

    private static string Unused(string name, HashSet<string> taken)
    {
        int number = 2;
        while (!taken.Add($"{name}_{number}")) number++;
        return $"{name}_{number}";
    }
}
