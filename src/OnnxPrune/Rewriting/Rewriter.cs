using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>Turns a model and the kept channels of its groups into a smaller, dense model, or into its masked twin.</summary>
public static class Rewriter
{
    /// <summary>The pruned model: removed channels are gone from every tensor that they occur in.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="kept">The mask of each variable that loses channels.</param>
    /// <param name="weights">Other weights to put in place of the model's own; null for these.</param>
    /// <exception cref="Diagnostics.OnnxPruneException">OP9001: a shape after pruning is not the kept shape; a defect.</exception>
    public static OnnxModel Prune(ModelAnalysis analysis, IReadOnlyDictionary<Term, bool[]> kept, Func<TensorProto, TensorProto>? weights = null) =>
        analysis.Source with { Proto = new GraphRewriter(analysis, kept, weights ?? (t => t)).Run() };

    /// <summary>
    /// The masked model: the original with the removed channels' weights zeroed; quantised weights get their zero point. Divisors, variances,
    /// scales and the like keep their values, and other integers are never touched. The pruned model must compute the same outputs.
    /// </summary>
    public static OnnxModel Mask(ModelAnalysis analysis, IReadOnlyDictionary<Term, bool[]> kept, Func<TensorProto, TensorProto>? weights = null)
    {
        var names = new NameAllocator(analysis.Graph.Model.Graph);
        var masks = new KeepMasks(analysis.Layouts.Unifier.Substitution, kept);
        var variants = InitializerVariants.Make(analysis, masks, weights ?? (t => t), names, (value, tensor, axes) =>
            analysis.Zeros.IsMasked(value) ? Masked(analysis, value, tensor, axes) : tensor);
        var model = analysis.Graph.Model.Clone();
        model.Graph.Initializer.Clear();
        model.Graph.Initializer.AddRange(variants.All);
        model.Graph.Node.Clear();
        model.Graph.Node.AddRange(analysis.Graph.Nodes.Select(node => Renamed(node, variants)));
        return analysis.Source with { Proto = model };
    }

    private static TensorProto Masked(ModelAnalysis analysis, Value value, TensorProto tensor, IReadOnlyList<bool[]?> masks)
    {
        if (analysis.Layouts.Quantized[value] is not { } quantized) return TensorSlicer.Zero(tensor, masks);
        long[] dims = [.. tensor.Dims];
        return TensorSlicer.Fill(tensor, masks, i => quantized.ZeroPointAt(dims, i));
    }

    private static NodeProto Renamed(Node node, InitializerVariants variants)
    {
        var proto = node.Proto.Clone();
        for (int i = 0; i < proto.Input.Count; i++) if (node.Inputs[i] is { Initializer: not null } value) proto.Input[i] = variants[value].Name;
        return proto;
    }
}
