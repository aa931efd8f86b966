using Onnx;
using OnnxPrune.Model;
using QuikGraph;

namespace OnnxPrune.Advanced;

/// <summary>
/// The top-level graph of a model with resolved names. Nodes are in topological order, and values have consecutive numbers, so that later stages
/// can store their results in arrays.
/// </summary>
public sealed class Graph
{
    private readonly Lazy<BidirectionalGraph<Node, TaggedEdge<Node, Value>>> flow;

    internal Graph(ModelProto model, IReadOnlyList<Node> nodes, IReadOnlyList<Value> values)
    {
        Model = model;
        Nodes = nodes;
        Values = values;
        flow = new(() => FlowOf(nodes));
    }

    /// <summary>The protobuf message of this graph; never changed in place.</summary>
    internal ModelProto Model { get; }

    /// <summary>The nodes in topological order: the order of the file, if it is topological.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>All values; the index is <see cref="Value.Id"/>.</summary>
    public IReadOnlyList<Value> Values { get; }

    /// <summary>The dependency graph: one edge per value from its producer to each node that reads it.</summary>
    internal BidirectionalGraph<Node, TaggedEdge<Node, Value>> Flow => flow.Value;

    /// <summary>The graph inputs that are not initializers, in the order of the model.</summary>
    public IEnumerable<Value> Inputs => Values.Where(v => v.IsInput);

    /// <summary>The graph outputs.</summary>
    public IEnumerable<Value> Outputs => Values.Where(v => v.IsOutput);

    /// <summary>The initializers. A vector occurs once per use.</summary>
    public IEnumerable<Value> Initializers => Values.Where(v => v.Initializer is not null);

    /// <summary>The only node that reads a value; null if several nodes read the value, or if the value is an output.</summary>
    public Node? OnlyReaderOf(Value value)
    {
        if (value.IsOutput) return null;
        var readers = value.Producer is { } producer
            ? Flow.OutEdges(producer).Where(e => e.Tag == value).Select(e => e.Target)
            : Nodes.Where(n => n.Reads.Contains(value));
        return readers.Distinct().Take(2).ToList() is [var only] ? only : null;
    }

    private static BidirectionalGraph<Node, TaggedEdge<Node, Value>> FlowOf(IReadOnlyList<Node> nodes)
    {
        var flow = new BidirectionalGraph<Node, TaggedEdge<Node, Value>>(allowParallelEdges: true);
        flow.AddVertexRange(nodes);
        foreach (var node in nodes)
        {
            foreach (var value in node.Reads.Where(v => v.Producer is not null))
                flow.AddEdge(new TaggedEdge<Node, Value>(value.Producer!, node, value));
        }
        return flow;
    }
}
