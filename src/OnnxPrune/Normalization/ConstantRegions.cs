using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>Nodes that pass constants to each other, or share an initializer that is not small.</summary>
internal static class ConstantRegions
{
    /// <summary>The size in bytes up to which a tensor does not matter: scalars, and vectors of a few hundred channels.</summary>
    public const long SmallBytes = 4096;

    /// <summary>The regions of constant nodes; each in the order of <paramref name="nodes"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<NodeProto>> Of(GraphProto graph, IReadOnlyList<NodeProto> nodes)
    {
        var small = graph.Initializer.Where(t => t.RawData.Length <= SmallBytes).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        int[] parent = [.. Enumerable.Range(0, nodes.Count)];
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }

        var touched = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string name in nodes[i].Input.Where(name => name.Length > 0 && !small.Contains(name)).Concat(nodes[i].Output))
            {
                if (touched.TryGetValue(name, out int other)) parent[Root(i)] = Root(other);
                else touched[name] = i;
            }
        }
        return [.. nodes.Select((node, i) => (node, Root: Root(i))).GroupBy(n => n.Root).Select(g => (IReadOnlyList<NodeProto>)[.. g.Select(n => n.node)])];
    }
}
