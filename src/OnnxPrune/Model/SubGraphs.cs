using Onnx;

namespace OnnxPrune.Model;

/// <summary>What the bodies of If, Loop and Scan read from the graphs around them.</summary>
internal static class SubGraphs
{
    /// <summary>Names read inside the sub-graphs of <paramref name="node"/> that those do not define, each once, in order.</summary>
    public static IEnumerable<string> Captures(NodeProto node)
    {
        if (node.Attribute.All(a => a.G is null && a.Graphs.Count == 0)) return [];
        return Of(node).SelectMany(Free).Distinct();
    }

    /// <summary>Names read inside <paramref name="graph"/> that it does not define, each once, in order.</summary>
    public static IEnumerable<string> Captures(GraphProto graph) => Free(graph).Distinct();

    /// <summary>The nodes and those of all graphs inside them.</summary>
    public static IEnumerable<NodeProto> AllNodes(IEnumerable<NodeProto> nodes) =>
        nodes.SelectMany(n => Of(n).SelectMany(g => AllNodes(g.Node)).Prepend(n));

    /// <summary>A graph and all graphs inside it.</summary>
    public static IEnumerable<GraphProto> Within(GraphProto graph) => graph.Node.SelectMany(Of).SelectMany(Within).Prepend(graph);

    /// <summary>The bodies of a node.</summary>
    public static IEnumerable<GraphProto> Of(NodeProto node) =>
        node.Attribute.SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G));

    private static IEnumerable<string> Free(GraphProto graph)
    {
        var defined = graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name))
            .Concat(graph.Node.SelectMany(n => n.Output)).ToHashSet(StringComparer.Ordinal);
        return graph.Node.SelectMany(n => n.Input.Concat(Captures(n))).Concat(graph.Output.Select(o => o.Name))
            .Where(name => name.Length > 0 && !defined.Contains(name));
    }
}
