using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;

namespace OnnxPrune.Advanced;

/// <summary>Applies a cut to a model. The result is a smaller, dense model, or the masked model.</summary>
public static class Rewriter
{
    /// <summary>The pruned model, without the removed channels in any tensor.</summary>
    /// <param name="cut">The model and its kept channels.</param>
    /// <exception cref="OnnxPruneException">OP9001: a shape after pruning is not the expected shape; a defect.</exception>
    public static OnnxModel Prune(Cut cut) => Prune(cut, null);

    /// <summary>The pruned model with other weights; null for the weights of the model.</summary>
    internal static OnnxModel Prune(Cut cut, Func<TensorProto, TensorProto>? weights) =>
        cut.Analysis.Source with { Proto = Closed(cut.Analysis, Checked(() => new GraphRewriter(cut, weights ?? (t => t)).Run())) };

    /// <summary>
    /// The masked model: the original with the weights of removed channels set to zero, or to the zero point for quantised weights. Divisors,
    /// variances and scales keep their values, and other integers never change. Operators that mix channels compute only over the kept channels,
    /// unless the removed channels are zero. The pruned model must compute the same outputs.
    /// </summary>
    public static OnnxModel Mask(Cut cut) => Mask(cut, null);

    /// <summary>The masked model with other weights; null for the weights of the model.</summary>
    internal static OnnxModel Mask(Cut cut, Func<TensorProto, TensorProto>? weights) =>
        cut.Analysis.Source with { Proto = Closed(cut.Analysis, Checked(() => new MaskedTwin(cut, weights ?? (t => t)).Run())) };

    /// <summary>The nodes that compute only over kept indices in <see cref="Mask(Cut)"/>.</summary>
    internal static IReadOnlyList<Node> Mixers(Cut cut) =>
        [.. cut.Analysis.Graph.Nodes.Where(node => MaskedTwin.Wraps(cut, node))];

    /// <summary>
    /// The original with the indices of variables reordered everywhere. If their coupling is correct, the result computes the same outputs, including
    /// operators that mix the indices, because a mean, a norm or a product does not depend on the order of channels.
    /// </summary>
    /// <param name="analysis">The model.</param>
    /// <param name="orders">The reordered variables, with the old index at each new index.</param>
    /// <param name="weights">Other weights for the model; null for the weights of the model.</param>
    /// <param name="everyOther">True to reorder only every second weight: a wrong order, to measure its effect.</param>
    internal static OnnxModel Reorder(
        ModelAnalysis analysis, IReadOnlyDictionary<Term, int[]> orders, Func<TensorProto, TensorProto>? weights = null, bool everyOther = false) =>
        analysis.Source with { Proto = Closed(analysis, new ReorderedTwin(analysis, orders, weights ?? (t => t), everyOther).Run()) };

    private static ModelProto Closed(ModelAnalysis analysis, ModelProto model) => analysis.Branches.Close(model, analysis.Graph);

    private static ModelProto Checked(Func<ModelProto> rewrite)
    {
        try
        {
            return rewrite();
        }
        catch (RewriteException e)
        {
            throw Errors.Internal(e.Message);
        }
    }
}
