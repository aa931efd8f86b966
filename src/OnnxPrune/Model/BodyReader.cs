using Onnx;

namespace OnnxPrune.Model;

/// <summary>Reads the sub-graphs of a node.</summary>
internal static class BodyReader
{
    /// <summary>The sub-graphs by the names of their attributes.</summary>
    /// <param name="node">The node; what its sub-graphs read is resolved.</param>
    /// <param name="model">The model, which imports the operator sets.</param>
    public static IReadOnlyDictionary<string, Body> Read(Node node, ModelProto model) =>
        node.Proto.Attribute.Where(a => a.G is not null).DistinctBy(a => a.Name).ToDictionary(a => a.Name, a => Read(a.G, node, model), StringComparer.Ordinal);

    private static Body Read(GraphProto graph, Node node, ModelProto model)
    {
        var names = SubGraphs.Captures(graph).ToHashSet(StringComparer.Ordinal);
        var captured = node.Captured.Where(v => names.Contains(v.Name)).DistinctBy(v => v.Name).ToList();
        var values = captured.Where(v => v.Initializer is null).ToList();
        var whole = new ModelProto { Graph = new GraphProto { Name = graph.Name } };
        whole.OpsetImport.AddRange(model.OpsetImport);
        whole.Graph.Node.AddRange(graph.Node);
        whole.Graph.Initializer.AddRange(graph.Initializer.Concat(captured.Select(v => v.Initializer).OfType<TensorProto>()));
        whole.Graph.SparseInitializer.AddRange(graph.SparseInitializer);
        whole.Graph.Input.AddRange(graph.Input.Concat(values.Select(v => new ValueInfoProto { Name = v.Name })));
        whole.Graph.Output.AddRange(graph.Output);
        whole.Graph.ValueInfo.AddRange(graph.ValueInfo);
        var read = GraphReader.Read(whole);
        var named = read.Values.GroupBy(v => v.Name).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return new Body(
            read,
            [.. graph.Input.Select(i => named[i.Name])],
            [.. graph.Output.Select(o => named[o.Name])],
            [.. values.Select(v => (named[v.Name], v))]);
    }
}
