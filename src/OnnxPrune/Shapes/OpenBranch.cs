using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using static Onnx.AttributeProto.Types;

namespace OnnxPrune.Shapes;

/// <summary>One If whose branches are in the graph around it.</summary>
internal sealed class OpenBranch
{
    private readonly NodeProto node;
    private readonly Side[] sides;

    private OpenBranch(NodeProto node, Side then, Side otherwise)
    {
        this.node = node;
        sides = [then, otherwise];
    }

    /// <summary>The first output of the node, by which it is known.</summary>
    public string Name => node.Output[0];

    /// <summary>The node, with its branches as they were.</summary>
    public static OpenBranch Of(NodeProto node, BranchInstance then, BranchInstance otherwise) =>
        new(node, Side.Of(node, "then_branch", then), Side.Of(node, "else_branch", otherwise));

    /// <summary>True for a value that a branch computes.</summary>
    public bool Has(string value) => sides.Any(side => side.Values.Contains(value));

    /// <summary>The nodes of a graph that are in the first or the second branch.</summary>
    public IReadOnlyList<Node> NodesOf(Graph graph, int side) => [.. graph.Nodes.Where(n => n.Proto.Output.Any(sides[side].Values.Contains))];

    /// <summary>Takes over the nodes of another If in a branch of this node.</summary>
    public void Adopt(OpenBranch inner)
    {
        foreach (var side in sides.Where(s => s.Values.Contains(inner.Name)))
        {
            foreach (var part in inner.sides)
            {
                side.Values.UnionWith(part.Values);
                side.Tensors.UnionWith(part.Tensors);
            }
        }
    }

    /// <summary>
    /// Puts the branches back into the node. Nodes that rewriting has added go with the nodes that read them.
    /// </summary>
    /// <param name="graph">The graph, which is changed.</param>
    /// <param name="analysed">The names of all values before rewriting.</param>
    public void Close(GraphProto graph, IReadOnlySet<string> analysed)
    {
        var selections = graph.Node.Where(n => n.OpType == "Where" && node.Output.Contains(n.Output[0])).ToList();
        if (selections.Count == 0) return;
        var flow = new Flow(graph, selections, analysed);
        var closed = new NodeProto { OpType = "If", Name = node.Name, Input = { selections[0].Input[0] }, Output = { selections.Select(s => s.Output[0]) } };
        closed.MetadataProps.AddRange(node.MetadataProps);
        if (node.HasDocString) closed.DocString = node.DocString;
        var gone = new HashSet<object>(selections, ReferenceEqualityComparer.Instance);
        foreach (int i in node.Attribute.Select(a => Array.FindIndex(sides, s => s.Attribute == a.Name)).Where(i => i >= 0))
        {
            var body = flow.Body(sides[i], slot: i + 1);
            gone.UnionWith(body.Node);
            gone.UnionWith(body.Initializer);
            closed.Attribute.Add(new AttributeProto { Name = sides[i].Attribute, Type = AttributeType.Graph, G = body });
        }
        var left = graph.Node.SelectMany(n => n == selections[0] ? [closed] : gone.Contains(n) ? Array.Empty<NodeProto>() : [n]).ToList();
        graph.Node.Clear();
        graph.Node.AddRange(left);
        RepeatedItems.Keep(graph.Initializer, t => !gone.Contains(t));
    }

    /// <summary>A branch: its attribute, and the values and initializers that were in it.</summary>
    private sealed record Side(string Attribute, GraphProto Branch, List<string> Results, HashSet<string> Values, HashSet<string> Tensors)
    {
        public static Side Of(NodeProto node, string attribute, BranchInstance instance) => new(
            attribute,
            node.Attribute.Single(a => a.Name == attribute).G,
            [.. node.Output],
            [.. instance.Nodes.SelectMany(n => n.Output).Where(o => o.Length > 0)],
            [.. instance.Tensors.Select(t => t.Name)]);
    }

    /// <summary>Which nodes read what, to decide what moves into a branch.</summary>
    private sealed class Flow(GraphProto graph, List<NodeProto> selections, IReadOnlySet<string> analysed)
    {
        private readonly ILookup<string, NodeProto> readers = graph.Node
            .SelectMany(n => n.Input.Concat(SubGraphs.Captures(n)).Distinct(), (reader, name) => (reader, name)).ToLookup(r => r.name, r => r.reader);

        private readonly HashSet<string> results = [.. graph.Output.Select(o => o.Name)];

        public GraphProto Body(Side side, int slot)
        {
            var members = new HashSet<object>(ReferenceEqualityComparer.Instance);
            bool IsInside(string name) => !results.Contains(name) && readers[name].Any() && readers[name].All(r => members.Contains(r) || ReadsOnlyAs(r, name, slot));
            foreach (var node in graph.Node.Reverse())
            {
                bool isAdded = node.Output.Count > 0 && !node.Output.Any(analysed.Contains);
                if (node.Output.Any(side.Values.Contains) || (isAdded && node.Output.All(IsInside))) members.Add(node);
            }
            var body = new GraphProto { Name = side.Branch.Name };
            body.Node.AddRange(graph.Node.Where(members.Contains));
            body.Initializer.AddRange(graph.Initializer.Where(t => side.Tensors.Contains(t.Name) && IsInside(t.Name)));
            foreach (var selection in selections) AddOutput(body, side, selection, slot);
            return body;
        }

        // What a branch gives must be computed in it, once for each output.
        private static void AddOutput(GraphProto body, Side side, NodeProto selection, int slot)
        {
            string name = selection.Input[slot];
            bool isComputed = body.Node.Any(n => n.Output.Contains(name)) && body.Output.All(o => o.Name != name);
            if (!isComputed)
            {
                string copy = $"{selection.Output[0]}/{side.Attribute}/result";
                body.Node.Add(new NodeProto { OpType = "Identity", Name = copy, Input = { name }, Output = { copy } });
                name = copy;
            }
            var info = side.Branch.Output[side.Results.IndexOf(selection.Output[0])].Clone();
            info.Name = name;
            if (info.Type?.TensorType is { } type) type.Shape = null;
            body.Output.Add(info);
        }

        private bool ReadsOnlyAs(NodeProto reader, string name, int slot) =>
            selections.Contains(reader) && Enumerable.Range(0, reader.Input.Count).All(i => reader.Input[i] != name || i == slot);
    }
}
