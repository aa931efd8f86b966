using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Folds regions of constant nodes. A region is folded if what the rest of the graph reads from it is not larger than the initializers that only it
/// reads. Otherwise the node with the largest result stays in the graph, and the rest of the region is considered again.
/// </summary>
internal sealed class FoldedRegions
{
    /// <summary>The largest number of elements that are read at once. Larger weights stay as they are.</summary>
    public const long LargestCount = 1 << 25;

    private readonly GraphProto graph;
    private readonly Dictionary<string, TensorProto> tensors;
    private readonly ILookup<string, NodeProto> readers;
    private readonly HashSet<string> captured;
    private readonly HashSet<string> outputs;
    private readonly HashSet<NodeProto> gone = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Output, string? Origin, TensorProto Tensor)> made = [];

    /// <summary>Prepares the folding of a graph.</summary>
    public FoldedRegions(GraphProto graph)
    {
        this.graph = graph;
        tensors = graph.Initializer.ToDictionary(t => t.Name, StringComparer.Ordinal);
        readers = graph.Node.SelectMany(n => n.Input.Concat(SubGraphs.Captures(n)).Distinct(), (node, name) => (name, node))
            .ToLookup(r => r.name, r => r.node, StringComparer.Ordinal);
        captured = graph.Node.SelectMany(SubGraphs.Captures).ToHashSet(StringComparer.Ordinal);
        outputs = graph.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Folds what is worth it of a region.</summary>
    public void Add(IReadOnlyList<NodeProto> region)
    {
        long count = region.SelectMany(n => n.Input).Distinct().Sum(name => tensors.TryGetValue(name, out var tensor) ? Tensors.Count(tensor) : 0);
        if (count > LargestCount) return;
        var sources = new ConstantSources(tensors);
        var pending = new Stack<IReadOnlyList<FoldedNode>>([[.. region.Select(sources.Evaluate).OfType<FoldedNode>()]]);
        while (pending.TryPop(out var nodes))
        {
            if (!nodes.Any(n => ConstantArithmetic.Has(n.Node.OpType))) continue;
            var inside = new HashSet<NodeProto>(nodes.Select(n => n.Node), ReferenceEqualityComparer.Instance);
            long freed = nodes.SelectMany(n => n.Node.Input).Distinct().Where(name => IsDead(name, inside)).Sum(name => (long)tensors[name].RawData.Length);
            if (nodes.Sum(n => Bytes(n, inside)) <= freed + ConstantRegions.SmallBytes) Accept(nodes, inside);
            else foreach (var rest in Split(Without(nodes, inside))) pending.Push(rest);
        }
    }

    /// <summary>Puts the results in the place of the nodes. A result at the places of an initializer that goes takes its name.</summary>
    public void Replace()
    {
        if (gone.Count == 0) return;
        var dead = gone.SelectMany(n => n.Input).Where(name => IsDead(name, gone)).ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var computed = gone.SelectMany(n => n.Output).Concat(dead).ToHashSet(StringComparer.Ordinal);
        RepeatedItems.Keep(graph.Node, n => !gone.Contains(n));
        RepeatedItems.Keep(graph.Initializer, t => !dead.Contains(t.Name));
        RepeatedItems.Keep(graph.ValueInfo, v => !computed.Contains(v.Name));
        foreach (var (output, origin, tensor) in made)
        {
            if (origin is not null && dead.Contains(origin) && !captured.Contains(output) && taken.Add(origin)) names[output] = tensor.Name = origin;
            graph.Initializer.Add(tensor);
        }
        foreach (var node in graph.Node)
            for (int i = 0; i < node.Input.Count; i++) if (names.TryGetValue(node.Input[i], out string? name)) node.Input[i] = name;
    }

    private void Accept(IReadOnlyList<FoldedNode> nodes, HashSet<NodeProto> inside)
    {
        gone.UnionWith(inside);
        foreach (var node in nodes)
            made.AddRange(Read(node, inside).Select(r => (r.Output, node.Origin, r.Result.ToTensor(r.Output))));
    }

    // The results that nodes outside of the region read.
    private IEnumerable<(ConstantValue Result, string Output)> Read(FoldedNode node, HashSet<NodeProto> inside) =>
        node.Results.Zip(node.Node.Output).Where(r => readers[r.Second].Any(reader => !inside.Contains(reader)));

    private long Bytes(FoldedNode node, HashSet<NodeProto> inside) => Read(node, inside).Sum(r => r.Result.Bytes);

    private bool IsDead(string name, HashSet<NodeProto> inside) =>
        tensors.ContainsKey(name) && !outputs.Contains(name) && readers[name].All(inside.Contains);

    // One that moves elements goes before one that computes as many.
    private List<FoldedNode> Without(IReadOnlyList<FoldedNode> nodes, HashSet<NodeProto> inside)
    {
        var largest = nodes.OrderByDescending(n => Bytes(n, inside)).ThenBy(n => ConstantArithmetic.Has(n.Node.OpType)).First();
        var missing = largest.Node.Output.ToHashSet(StringComparer.Ordinal);
        var rest = new List<FoldedNode>();
        foreach (var node in nodes)
        {
            if (!ReferenceEquals(node, largest) && !node.Node.Input.Any(missing.Contains)) rest.Add(node);
            else missing.UnionWith(node.Node.Output);
        }
        return rest;
    }

    private IEnumerable<IReadOnlyList<FoldedNode>> Split(List<FoldedNode> nodes)
    {
        var folded = nodes.ToDictionary<FoldedNode, NodeProto, FoldedNode>(n => n.Node, n => n, ReferenceEqualityComparer.Instance);
        return ConstantRegions.Of(graph, nodes.ConvertAll(n => n.Node)).Select(r => (IReadOnlyList<FoldedNode>)[.. r.Select(n => folded[n])]);
    }
}
