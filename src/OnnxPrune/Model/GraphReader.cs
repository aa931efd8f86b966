using Onnx;
using OnnxPrune.Diagnostics;
using QuikGraph;
using QuikGraph.Algorithms;

namespace OnnxPrune.Model;

/// <summary>Resolves the names of a GraphProto: who produces, who reads, in which order.</summary>
internal sealed class GraphReader
{
    private readonly ModelProto model;
    private readonly List<Value> values = [];
    private readonly Dictionary<string, Value> named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> initializers = new(StringComparer.Ordinal);
    private readonly HashSet<string> usedVectors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> opsets;

    private GraphReader(ModelProto model)
    {
        this.model = model;
        opsets = model.OpsetImport.GroupBy(o => o.Domain is "ai.onnx" ? "" : o.Domain).ToDictionary(g => g.Key, g => g.First().Version);
    }

    /// <summary>The graph of <paramref name="model"/>.</summary>
    /// <exception cref="OnnxPruneException">OP1005 cyclic, OP1006 malformed.</exception>
    public static Graph Read(ModelProto model) => new GraphReader(model).Read();

    private Graph Read()
    {
        ReadInitializers();
        ReadInputs();
        foreach (string output in model.Graph.Node.SelectMany(n => n.Output).Where(o => o.Length > 0)) Define(output);
        var resolved = Sorted([.. model.Graph.Node])
            .Select((proto, i) => new Node(i, proto, opsets.GetValueOrDefault(proto.Domain is "ai.onnx" ? "" : proto.Domain)))
            .ToList();
        resolved.ForEach(ResolveOutputs);
        resolved.ForEach(ResolveInputs);
        ReadOutputs();
        return new Graph(model, resolved, values);
    }

    private void ReadInitializers()
    {
        foreach (var tensor in model.Graph.Initializer)
        {
            if (!initializers.TryAdd(tensor.Name, tensor)) throw Errors.Malformed($"two initializers are called '{tensor.Name}'");
            if (tensor.Dims.Any(d => d < 0)) throw Errors.Malformed($"initializer '{tensor.Name}' has a negative dimension");
            bool sized = ElementTypes.Bits(Tensors.TypeOf(tensor)) > 0;
            if (sized && tensor.RawData.Length != ElementTypes.Bytes(Tensors.TypeOf(tensor), Tensors.Count(tensor)))
                throw Errors.Malformed($"initializer '{tensor.Name}' has {tensor.RawData.Length} bytes of data, not what its shape needs");
            named[tensor.Name] = Add(tensor.Name, tensor);
        }
    }

    private void ReadInputs()
    {
        foreach (var sparse in model.Graph.SparseInitializer) Define(sparse.Values.Name);
        foreach (var info in model.Graph.Input)
        {
            bool isDefault = initializers.ContainsKey(info.Name);
            var value = isDefault ? named[info.Name] : Define(info.Name);
            (value.IsDefault, value.IsInput) = (isDefault, !isDefault);
            value.Declared = info;
        }
    }

    private void ReadOutputs()
    {
        foreach (var info in model.Graph.ValueInfo)
        {
            if (named.TryGetValue(info.Name, out var value)) value.Declared ??= info;
        }
        foreach (var info in model.Graph.Output)
        {
            if (!named.TryGetValue(info.Name, out var value)) throw Errors.Malformed($"nothing computes the graph output '{info.Name}'");
            value.IsOutput = true;
            value.Declared = info;
        }
    }

    private Value Define(string name)
    {
        if (named.ContainsKey(name)) throw Errors.Malformed($"the value '{name}' is defined twice");
        return named[name] = Add(name, null);
    }

    private Value Add(string name, TensorProto? initializer)
    {
        var value = new Value(values.Count, name) { Initializer = initializer };
        values.Add(value);
        return value;
    }

    private void ResolveOutputs(Node node)
    {
        node.Outputs = node.Proto.Output.Select(o => o.Length > 0 ? named[o] : null).ToArray();
        foreach (var value in node.Outputs.OfType<Value>()) value.Producer = node;
    }

    private void ResolveInputs(Node node)
    {
        node.Inputs = node.Proto.Input.Select(i => i.Length > 0 ? Use(i, node) : null).ToArray();
        node.Captured = SubGraphs.Captures(node.Proto).Where(named.ContainsKey).Select(name => Use(name, node)).ToList();
        if (node.Proto.Attribute.Any(a => a.G is not null)) node.Bodies = BodyReader.Read(node, model);
    }

    private Value Use(string name, Node node)
    {
        if (!named.TryGetValue(name, out var value)) throw Errors.Malformed($"{node.Label} reads '{name}', which nothing defines");
        bool isVector = value is { IsDefault: false, Initializer: { } tensor } && tensor.Dims.Count(d => d > 1) <= 1;
        return isVector && !usedVectors.Add(name) ? Add(name, value.Initializer) : value;
    }

    private static List<NodeProto> Sorted(List<NodeProto> nodes)
    {
        var producer = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++) foreach (string output in nodes[i].Output.Where(o => o.Length > 0)) producer[output] = i;
        var edges = nodes.SelectMany((node, i) => node.Input.Concat(SubGraphs.Captures(node))
            .Where(producer.ContainsKey).Select(read => new Edge<int>(producer[read], i))).ToList();
        if (edges.TrueForAll(e => e.Source < e.Target)) return nodes;
        var order = new BidirectionalGraph<int, Edge<int>>(allowParallelEdges: true);
        order.AddVertexRange(Enumerable.Range(0, nodes.Count));
        order.AddEdgeRange(edges);
        if (edges.Exists(e => e.Source == e.Target) || !order.IsDirectedAcyclicGraph())
            throw new OnnxPruneException(ErrorCodes.CyclicGraph, "the graph has a cycle, which no runtime can run; export the model again");
        return order.SourceFirstTopologicalSort().Select(i => nodes[i]).ToList();
    }
}
