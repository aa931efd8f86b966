using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>
/// The original with the removed channels' weights zeroed, at full width. An operator that mixes channels which are not zero, such as
/// LayerNormalization, is put between Gather and its inverse there: it computes over the kept indices only, as it will after pruning,
/// and zeros stand where indices were removed. Everything around it is then an ordinary masked model.
/// </summary>
internal sealed class MaskedTwin
{
    private readonly ModelAnalysis analysis;
    private readonly Cut cut;
    private readonly KeepMasks masks;
    private readonly NameAllocator names;
    private readonly InitializerVariants initializers;
    private readonly Lazy<GraphRewriter> pruned;
    private readonly AxisSelection selection;

    public MaskedTwin(Cut cut, Func<TensorProto, TensorProto> weights)
    {
        this.cut = cut;
        analysis = cut.Analysis;
        masks = cut.Masks();
        names = new NameAllocator(analysis.Graph.Model.Graph);
        initializers = InitializerVariants.Make(analysis, masks, weights, names, (value, tensor, axes) =>
            analysis.Zeros.IsMasked(value) ? Masked(value, tensor, axes) : tensor);
        selection = new AxisSelection(analysis.Graph.Model, names);
        pruned = new(Pruned);
    }

    /// <summary>True for a node that computes over kept indices only.</summary>
    public static bool Wraps(Cut cut, Node node) =>
        cut.Analysis.Zeros.Mixes(node, cut.Cuts);

    public ModelProto Run()
    {
        foreach (var node in analysis.Graph.Nodes)
        {
            if (Wraps(cut, node)) Wrap(node);
            else selection.Nodes.Add(Renamed(node));
        }
        var model = analysis.Graph.Model.Clone();
        model.Graph.Initializer.Clear();
        model.Graph.Initializer.AddRange(initializers.All.Concat(selection.Constants));
        model.Graph.Node.Clear();
        model.Graph.Node.AddRange(selection.Nodes);
        return model;
    }

    private TensorProto Masked(Value value, TensorProto tensor, IReadOnlyList<bool[]?> axes)
    {
        if (analysis.Layouts.Quantized[value] is not { } quantized) return TensorSlicer.Zero(tensor, axes);
        long[] dims = [.. tensor.Dims];
        return TensorSlicer.Fill(tensor, axes, i => quantized.ZeroPointAt(dims, i));
    }

    // Its weights do not matter, only what operators make of attributes and shape operands.
    private GraphRewriter Pruned()
    {
        var rewriter = new GraphRewriter(cut, tensor => tensor);
        rewriter.Run();
        return rewriter;
    }

    private NodeProto Renamed(Node node)
    {
        var proto = node.Proto.Clone();
        for (int i = 0; i < proto.Input.Count; i++) if (node.Inputs[i] is { } value) proto.Input[i] = NameOf(value);
        return proto;
    }

    private string NameOf(Value value) => value.Initializer is null ? value.Name : initializers[value].Name;

    private void Wrap(Node node)
    {
        var proto = pruned.Value.Rewritten[node].Clone();
        for (int slot = 0; slot < proto.Input.Count; slot++)
            if (proto.Input[slot].Length > 0) proto.Input[slot] = Operand(node, slot, proto.Input[slot]);
        var outputs = node.Outputs.Select(value => value is null ? [] : Axes(value)).ToList();
        for (int i = 0; i < outputs.Count; i++) if (LosesIndices(outputs[i])) proto.Output[i] = names.Unique($"{proto.Output[i]}.kept");
        selection.Nodes.Add(proto);
        for (int i = 0; i < outputs.Count; i++) if (LosesIndices(outputs[i])) selection.Widen(proto.Output[i], node.Outputs[i]!.Name, outputs[i]);
    }

    private string Operand(Node node, int slot, string rewrittenName)
    {
        var value = slot < node.Inputs.Length ? node.Inputs[slot] : null;
        if (value is not null && !analysis.Operators.Find(node)!.IsShapeOperand(node, slot)) return selection.Narrow(NameOf(value), Axes(value));
        if (pruned.Value.AddedConstant(rewrittenName) is { } constant) return selection.Add(constant);
        return value is not null && rewrittenName == NameOf(value)
            ? rewrittenName
            : throw Errors.Internal($"the operand {slot} of {node.Label} has no masked twin");
    }

    private IReadOnlyList<CutAxis?> Axes(Value value) => CutAxis.Of(analysis.Layouts.Unifier.Substitution, masks, analysis.Layouts.LayoutOf(value)!);

    private static bool LosesIndices(IReadOnlyList<CutAxis?> axes) => axes.Any(axis => axis is not null);
}
