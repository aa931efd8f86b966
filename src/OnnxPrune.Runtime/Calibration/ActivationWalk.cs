using Microsoft.ML.OnnxRuntime;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Walks a model from its inputs to its outputs and holds, for every batch, the values that are live before one node. Each node runs once for
/// any number of observed layers.
/// </summary>
internal sealed class ActivationWalk : IDisposable
{
    private readonly ModelProto model;
    private readonly Graph graph;
    private readonly ExecutionProvider provider;
    private readonly Dictionary<string, TensorProto> initializers;
    private readonly List<Dictionary<string, OrtValue>> live;
    private int position;

    /// <summary>Starts before the first node.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batches">The graph's inputs, batch by batch.</param>
    /// <param name="provider">The execution provider.</param>
    public ActivationWalk(ModelProto model, IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> batches, ExecutionProvider provider)
    {
        this.model = model;
        this.provider = provider;
        graph = GraphReader.Read(model);
        initializers = model.Graph.Initializer.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Inputs = batches;
        live = [.. batches.Select(b => b.ToDictionary(i => i.Key, i => i.Value.ToOrtValue(), StringComparer.Ordinal))];
    }

    /// <summary>The graph that is walked.</summary>
    public Graph Graph => graph;

    /// <summary>The graph's inputs, batch by batch.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, HostTensor>> Inputs { get; }

    /// <summary>The values that are live before the current node, batch by batch.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, OrtValue>> Live => live;

    /// <summary>The initializers as they now are.</summary>
    public IReadOnlyDictionary<string, TensorProto> Initializers => initializers;

    /// <summary>Replaces or adds an initializer; nodes that the walk has passed are not run again.</summary>
    public void Put(TensorProto tensor) => initializers[tensor.Name] = tensor;

    /// <summary>Runs the nodes up to, but not including, the one at <paramref name="next"/>.</summary>
    public void AdvanceTo(int next)
    {
        if (next <= position) return;
        var wanted = LiveBefore(next);
        if (wanted.All(live[0].ContainsKey)) Drop(wanted);
        else Run(next, wanted);
        position = next;
    }

    /// <summary>Runs the rest of the model with other initializers in place of some, without moving on.</summary>
    /// <param name="others">The initializers that differ, by name.</param>
    /// <param name="batches">How many batches to run.</param>
    /// <returns>The outputs of the model, for each batch in the same order.</returns>
    public IReadOnlyList<IReadOnlyList<HostTensor>> RunToEnd(IReadOnlyDictionary<string, TensorProto> others, int batches)
    {
        var outputs = graph.Outputs.Select(o => o.Name).ToList();
        var weights = initializers.ToDictionary(i => i.Key, i => others.GetValueOrDefault(i.Key) ?? i.Value, StringComparer.Ordinal);
        using var session = ValueSession.Load(Segment(position, graph.Nodes.Count, [.. outputs], weights), provider);
        var all = new List<IReadOnlyList<HostTensor>>();
        foreach (var batch in live.Take(batches))
        {
            var results = session.Run(batch);
            all.Add([.. outputs.Select(name => HostTensor.FromOrtValue(results.GetValueOrDefault(name) ?? batch[name]))]);
            foreach (var value in results.Values) value.Dispose();
        }
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in live.SelectMany(b => b.Values)) value.Dispose();
    }

    private void Run(int next, HashSet<string> wanted)
    {
        using var session = ValueSession.Load(Segment(position, next, wanted, initializers), provider);
        foreach (var batch in live)
        {
            var results = session.Run(batch);
            Drop(batch, wanted);
            foreach (var (name, value) in results) batch[name] = value;
        }
    }

    private void Drop(HashSet<string> wanted)
    {
        foreach (var batch in live) Drop(batch, wanted);
    }

    private static void Drop(Dictionary<string, OrtValue> batch, HashSet<string> wanted)
    {
        foreach (string gone in batch.Keys.Where(name => !wanted.Contains(name)).ToList())
        {
            batch[gone].Dispose();
            batch.Remove(gone);
        }
    }

    // Values that are inputs of the graph or computed before the node, and that the node or a later one reads.
    private HashSet<string> LiveBefore(int next)
    {
        var wanted = graph.Nodes.Skip(next).SelectMany(n => n.Reads).Concat(graph.Outputs)
            .Where(v => v.Initializer is null && (v.Producer is null ? v.IsInput : v.Producer.Index < next)).Select(v => v.Name);
        return wanted.ToHashSet(StringComparer.Ordinal);
    }

    private ModelProto Segment(int from, int to, HashSet<string> wanted, Dictionary<string, TensorProto> weights)
    {
        var nodes = graph.Nodes.Skip(from).Take(to - from).ToList();
        var segment = new ModelProto
        {
            IrVersion = model.IrVersion,
            OpsetImport = { model.OpsetImport },
            Functions = { model.Functions },
            Graph = new GraphProto { Name = "segment" },
        };
        segment.Graph.Node.AddRange(nodes.Select(n => n.Proto));
        var read = nodes.SelectMany(n => n.Reads).Select(v => v.Name).Distinct(StringComparer.Ordinal).ToList();
        segment.Graph.Initializer.AddRange(read.Where(weights.ContainsKey).Select(name => weights[name]));
        segment.Graph.SparseInitializer.AddRange(model.Graph.SparseInitializer.Where(t => read.Contains(t.Values.Name)));
        segment.Graph.Input.AddRange(read.Where(live[0].ContainsKey).Select(name => TypeOf(name, live[0][name])));
        segment.Graph.Output.AddRange(wanted.Where(name => !live[0].ContainsKey(name)).Select(name => new ValueInfoProto { Name = name }));
        return segment;
    }

    internal static ValueInfoProto TypeOf(string name, OrtValue value) => new() { Name = name, Type = TypeOf(value.GetTypeInfo()) };

    private static TypeProto TypeOf(OrtTypeInfo type) => type.OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE
        ? new TypeProto { SequenceType = new() { ElemType = TypeOf(type.SequenceTypeInfo.ElementType) } }
        : new TypeProto { TensorType = new() { ElemType = (int)type.TensorTypeAndShapeInfo.ElementDataType } };
}
