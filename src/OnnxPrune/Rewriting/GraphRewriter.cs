using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Walks the graph in topological order, cuts the initializers, lets every operator adjust its node, and infers the shapes of what
/// comes out: they must be the kept sizes of the layouts, or nothing is written.
/// </summary>
internal sealed class GraphRewriter
{
    private readonly KeepMasks masks;
    private readonly InitializerVariants initializers;
    private readonly NameAllocator names;
    private readonly Dictionary<Value, TensorType> types = [];
    private readonly Dictionary<string, Value> declared;
    private readonly List<TensorProto> constants = [];
    private readonly List<NodeProto> nodes = [];
    private readonly Dictionary<Node, NodeProto> rewritten = [];

    /// <summary>Prepares a rewriting.</summary>
    /// <param name="cut">The model and the channels that stay.</param>
    /// <param name="weights">The tensors to cut in place of the model's own.</param>
    /// <param name="remove">Cuts a tensor; null for <see cref="TensorSlicer.Remove"/>.</param>
    public GraphRewriter(Cut cut, Func<TensorProto, TensorProto> weights, Func<TensorProto, IReadOnlyList<bool[]?>, TensorProto>? remove = null)
    {
        Analysis = cut.Analysis;
        masks = cut.Masks();
        Sizes = cut.Sizes();
        names = new NameAllocator(Analysis.Graph.Model.Graph);
        declared = Analysis.Graph.Values.Where(v => v.Producer is not null || v.IsDefault).ToDictionary(v => v.Name, StringComparer.Ordinal);
        initializers = InitializerVariants.Make(Analysis, masks, weights, names, (_, tensor, axes) => (remove ?? TensorSlicer.Remove)(tensor, axes));
    }

    public ModelAnalysis Analysis { get; }

    /// <summary>The sizes after pruning.</summary>
    public KeptSizes Sizes { get; }

    /// <summary>The rewritten form of each node, set by <see cref="Run"/>.</summary>
    public IReadOnlyDictionary<Node, NodeProto> Rewritten => rewritten;

    /// <summary>The pruned model.</summary>
    public ModelProto Run()
    {
        foreach (var value in Analysis.Graph.Inputs) types[value] = Analysis.Shapes[value];
        foreach (var node in Analysis.Graph.Nodes) Rewrite(node);
        var model = Skeleton(Analysis.Graph.Model);
        model.Graph.Node.AddRange(nodes);
        model.Graph.Initializer.AddRange(initializers.All.Concat(constants));
        var inputs = model.Graph.Input.Select(Shrunk).ToList();
        model.Graph.Input.Clear();
        model.Graph.Input.AddRange(inputs);
        model.Graph.ValueInfo.AddRange(Analysis.Graph.Model.Graph.ValueInfo.Select(Shrunk));
        DeadCode.Remove(model.Graph);
        if (PassCheck.IsOn && PassCheck.FaultOf(SortedOriginal()) is null) PassCheck.Graph(model.Graph, "rewriting");
        return model;
    }

    public TensorType TypeOf(Value value)
    {
        if (types.TryGetValue(value, out var type)) return type;
        if (value.Initializer is null) return Analysis.Shapes[value];
        var tensor = initializers[value];
        return types[value] = new TensorType(Tensors.TypeOf(tensor), [.. tensor.Dims.Select(Size.Of)], KnownTensor.OfInitializer(tensor));
    }

    /// <summary>A constant that rewriting has added, or null.</summary>
    public TensorProto? AddedConstant(string name) => constants.Find(tensor => tensor.Name == name);

    public string NameOf(Value initializer) => initializers[initializer].Name;

    public string UniqueName(string wanted) => names.Unique(wanted);

    /// <summary>The shape of a value after pruning, or null where its rank is unknown.</summary>
    public IReadOnlyList<Size>? KeptShape(Value value) => Analysis.Layouts.LayoutOf(value)?.Select(Sizes.Of).ToList();

    public bool[]? MaskOf(Value value, int axis)
    {
        var term = Analysis.Layouts.LayoutOf(value)![axis];
        return masks.KeepsAll(term) ? null : masks.Of(term);
    }

    public Value AddConstant(string name, ElementType type, IReadOnlyList<Size> elements) =>
        AddConstant(Tensors.Make(names.Unique(name), type, [elements.Count], elements.Select(e => (double)e.Value).ToArray()));

    public Value AddConstant(TensorProto tensor)
    {
        constants.Add(tensor);
        return Added(tensor.Name, new TensorType(Tensors.TypeOf(tensor), [.. tensor.Dims.Select(Size.Of)], KnownTensor.OfInitializer(tensor)));
    }

    /// <summary>Adds a node that computes an operand.</summary>
    public void Add(NodeProto node) => nodes.Add(node);

    /// <summary>A value that an added node or constant computes.</summary>
    public Value Added(string name, TensorType type)
    {
        var value = new Value(Analysis.Graph.Values.Count + types.Count, name);
        types[value] = type;
        return value;
    }

    private void Rewrite(Node node)
    {
        var rewrite = new NodeRewrite(this, node);
        var rule = Analysis.Operators.Find(node);
        bool arithmetic = Analysis.Shapes.IsShapeArithmetic(node);
        bool understood = Analysis.Layouts.Understands(node);
        if (!arithmetic) rewrite.FreezeShapeDerivedData(rule);
        if (understood && TouchesPruned(node) && node.Outputs.Any(o => o is not null)) rule!.Adjust(rewrite);
        if (understood && !rewrite.OutputsFit())
            throw new RewriteException(node, $"it does not have the kept shape after pruning ({rewrite.Mismatch()})");
        var outputs = Analysis.Shapes.Understands(node) ? rewrite.Infer() : null;
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i] is not { } value) continue;
            var old = Analysis.Shapes[value];
            types[value] = outputs?[i] is { Shape: not null } now ? now : old with { Content = null };
        }
        nodes.Add(rewrite.Proto);
        rewritten[node] = rewrite.Proto;
    }

    // Nodes far from every cut keep their bytes; shape operands may change because of distant shapes.
    private bool TouchesPruned(Node node) =>
        node.Inputs
            .Concat(node.Outputs)
            .OfType<Value>()
            .Any(v => Analysis.Layouts.LayoutOf(v)!.Any(t => !masks.KeepsAll(t)) || Analysis.Shapes.DerivesFromShapes(v));

    private ValueInfoProto Shrunk(ValueInfoProto info)
    {
        var copy = info.Clone();
        if (!declared.TryGetValue(info.Name, out var value) || KeptShape(value) is not { } kept) return copy;
        if (copy.Type?.TensorType?.Shape is not { } shape || shape.Dim.Count != kept.Count) return copy;
        for (int axis = 0; axis < kept.Count; axis++)
            if (shape.Dim[axis].HasDimValue && kept[axis].IsConcrete) shape.Dim[axis].DimValue = kept[axis].Value;
        return copy;
    }

    // Names that hide others are no defect of the rewriter where the original has them.
    private GraphProto SortedOriginal()
    {
        var graph = Analysis.Graph.Model.Graph.Clone();
        graph.Node.Clear();
        graph.Node.AddRange(Analysis.Graph.Nodes.Select(n => n.Proto));
        return graph;
    }

    private static ModelProto Skeleton(ModelProto normalized)
    {
        var model = normalized.Clone();
        model.Graph.Node.Clear();
        model.Graph.Initializer.Clear();
        model.Graph.ValueInfo.Clear();
        return model;
    }
}
