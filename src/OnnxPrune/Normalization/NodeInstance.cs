using Onnx;

namespace OnnxPrune.Normalization;

/// <summary>Copies of nodes that move from the body of a function or a branch into the graph around it, where values have other names.</summary>
internal static class NodeInstance
{
    /// <summary>A copy with these names for the values that it reads and computes, and these values for the attributes that it refers to.</summary>
    public static NodeProto Of(NodeProto node, Dictionary<string, string> names, Dictionary<string, AttributeProto> attributes, string prefix)
    {
        var copy = node.Clone();
        copy.Name = prefix + (node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault());
        Rename(copy.Input, names);
        Rename(copy.Output, names);
        copy.Attribute.Clear();
        copy.Attribute.AddRange(node.Attribute.Select(a => Bound(a, attributes)).OfType<AttributeProto>());
        foreach (var graph in copy.Attribute.SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G)))
            RenameInside(graph, names, attributes, prefix);
        return copy;
    }

    // A reference takes the call's value, or the function's default; without either the attribute is left out.
    private static AttributeProto? Bound(AttributeProto attribute, Dictionary<string, AttributeProto> attributes)
    {
        if (attribute.RefAttrName.Length == 0) return attribute.Clone();
        if (!attributes.TryGetValue(attribute.RefAttrName, out var value)) return null;
        var bound = value.Clone();
        bound.Name = attribute.Name;
        return bound;
    }

    private static void RenameInside(GraphProto graph, Dictionary<string, string> names, Dictionary<string, AttributeProto> attributes, string prefix)
    {
        var own = graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name)).Concat(graph.Node.SelectMany(n => n.Output));
        var visible = names.Where(n => !own.Contains(n.Key)).ToDictionary(StringComparer.Ordinal);
        var nodes = graph.Node.Select(n => Of(n, visible, attributes, prefix)).ToList();
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        foreach (var output in graph.Output) if (visible.TryGetValue(output.Name, out string? name)) output.Name = name;
    }

    private static void Rename(IList<string> list, Dictionary<string, string> names)
    {
        for (int i = 0; i < list.Count; i++) if (names.TryGetValue(list[i], out string? name)) list[i] = name;
    }
}
