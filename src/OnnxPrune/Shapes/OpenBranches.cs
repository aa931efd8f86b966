using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Normalization;

namespace OnnxPrune.Shapes;

/// <summary>
/// Moves the branches of an If into the graph around it, so that the analysis sees their nodes like all others. A Where selects the results. Rewriting
/// works on that graph, too; <see cref="Close"/> then puts the branches back, so that still only one of them runs.
/// </summary>
internal sealed class OpenBranches
{
    private readonly List<OpenBranch> opened = [];

    /// <summary>The opened nodes; those inside of others follow them.</summary>
    public IReadOnlyList<OpenBranch> All => opened;

    /// <summary>
    /// The model with more branches opened, normalized again; null where there is no If to open: all shapes in both branches must be known, and both
    /// must compute the same types of floats.
    /// </summary>
    /// <param name="shapes">The model.</param>
    /// <param name="stayClosed">The first outputs of the nodes that stay as they are.</param>
    /// <param name="notes">What normalization changes.</param>
    public ModelProto? Open(ShapeInference shapes, IReadOnlySet<string> stayClosed, ICollection<Diagnostic> notes)
    {
        var nodes = shapes.Graph.Nodes.Where(n => CanOpen(shapes, n) && !stayClosed.Contains(n.Proto.Output[0])).Select(n => n.Index).ToHashSet();
        if (nodes.Count == 0) return null;
        var model = shapes.Graph.Model.Clone();
        model.Graph.Node.Clear();
        foreach (var node in shapes.Graph.Nodes) model.Graph.Node.AddRange(nodes.Contains(node.Index) ? Opened(node.Proto, model.Graph) : [node.Proto]);
        return Normalizer.Normalize(model, notes);
    }

    /// <summary>The model, which is changed, with the branches back in their nodes.</summary>
    /// <param name="model">What rewriting has made of the analysed graph.</param>
    /// <param name="analysed">The graph with open branches.</param>
    public ModelProto Close(ModelProto model, Graph analysed)
    {
        if (opened.Count == 0) return model;
        var names = analysed.Values.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var branch in Enumerable.Reverse(opened)) branch.Close(model.Graph, names);
        return model;
    }

    /// <summary>True for a value that is in a branch once that is closed.</summary>
    public bool Holds(Value value) => opened.Exists(branch => branch.Has(value.Name));

    /// <summary>
    /// Nodes whose conditions are to be negated together, so that the branches run that the data does not choose: all nodes, and the nodes of each
    /// depth alone, if there are several.
    /// </summary>
    public IReadOnlyList<IReadOnlySet<string>> Negations()
    {
        if (opened.Count == 0) return [];
        var depths = opened.GroupBy(branch => opened.Count(outer => outer.Has(branch.Name)), branch => branch.Name).Select(g => g.ToHashSet(StringComparer.Ordinal)).ToList();
        var all = opened.Select(branch => branch.Name).ToHashSet(StringComparer.Ordinal);
        return depths.Count == 1 ? [all] : [all, .. depths];
    }

    /// <summary>The closed model with negated conditions.</summary>
    public static ModelProto Negated(ModelProto model, IReadOnlySet<string> branches)
    {
        var negated = model.Clone();
        foreach (var graph in SubGraphs.Within(negated.Graph).ToList())
        {
            var nodes = graph.Node.SelectMany(n => n.OpType == "If" && branches.Contains(n.Output[0]) ? Negated(n) : [n]).ToList();
            graph.Node.Clear();
            graph.Node.AddRange(nodes);
        }
        return negated;
    }

    private static NodeProto[] Negated(NodeProto node)
    {
        string condition = $"{node.Output[0]}/not";
        var not = new NodeProto { OpType = "Not", Name = condition, Input = { node.Input[0] }, Output = { condition } };
        node.Input[0] = condition;
        return [not, node];
    }

    private List<NodeProto> Opened(NodeProto node, GraphProto graph)
    {
        var (then, otherwise) = (Instance(node, "then"), Instance(node, "else"));
        graph.Initializer.AddRange(then.Tensors.Concat(otherwise.Tensors));
        var selections = node.Output.Select((output, i) => new NodeProto
        {
            OpType = "Where",
            Name = i == 0 ? node.Name : $"{node.Name}/{output}",
            Input = { node.Input[0], then.Results[i], otherwise.Results[i] },
            Output = { output },
        });
        var branch = OpenBranch.Of(node, then, otherwise);
        foreach (var outer in opened) outer.Adopt(branch);
        opened.Add(branch);
        return [.. then.Nodes, .. otherwise.Nodes, .. selections];
    }

    private static BranchInstance Instance(NodeProto node, string name) =>
        BranchInstance.Of(node.Attribute.Single(a => a.Name == $"{name}_branch").G, $"{node.Output[0]}/{name}/");

    private static bool CanOpen(ShapeInference shapes, Node node)
    {
        if (node is not { OpType: "If", Domain: "", Opset: >= 9, Inputs: [{ } condition] } || node.Proto.Output.Any(o => o.Length == 0)) return false;
        if (!shapes.Understands(node) || shapes.RunsOf(node) is not [var then, var otherwise]) return false;
        bool isScalar = shapes[condition].Shape is { Length: 0 };
        return new[] { then, otherwise }.All(run => IsKnown(run.Shapes))
            && node.Outputs.Select((value, i) => (Type: shapes[value!], i)).All(o => Agrees(o.Type, then, o.i) && Agrees(o.Type, otherwise, o.i)
                && (isScalar || (shapes[condition].Shape is [{ IsOne: true }] && o.Type.Shape!.Length > 0)));
    }

    private static bool IsKnown(ShapeInference branch) =>
        branch.Warnings.Count == 0 && branch.Graph.Model.Graph.SparseInitializer.Count == 0
        && branch.Graph.Nodes.All(n => n.Domain is "" or "com.microsoft" && branch.Understands(n));

    private static bool Agrees(TensorType type, BodyRun run, int output)
    {
        var own = run.Shapes.Graph.Model.Graph.Output[output].Name is var name ? run.Shapes.Graph.Values.First(v => v.Name == name) : null;
        return ElementTypes.IsFloat(type.Type) && type.Shape is { } shape && shape.All(s => s.IsKnown)
            && run.Shapes[own!] is { Shape: { } other } found && found.Type == type.Type && shape.AsSpan().SequenceEqual(other);
    }
}
