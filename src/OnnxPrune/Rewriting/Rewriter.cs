using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;

namespace OnnxPrune.Advanced;

/// <summary>Turns a model and the kept channels of its groups into a smaller, dense model, or into its masked twin.</summary>
public static class Rewriter
{
    /// <summary>The pruned model, without the removed channels in any tensor.</summary>
    /// <param name="cut">The model and the channels that stay.</param>
    /// <exception cref="OnnxPruneException">OP9001: a shape after pruning is not the kept shape; a defect.</exception>
    public static OnnxModel Prune(Cut cut) => Prune(cut, null);

    /// <summary>The pruned model with other weights in place of the model's own; null for these.</summary>
    internal static OnnxModel Prune(Cut cut, Func<TensorProto, TensorProto>? weights) =>
        cut.Analysis.Source with { Proto = Checked(() => new GraphRewriter(cut, weights ?? (t => t)).Run()) };

    /// <summary>
    /// The masked model: the original with the removed channels' weights zeroed; quantised weights get their zero point. Divisors, variances,
    /// scales and the like keep their values, other integers are never touched, and operators that mix channels which are not zero
    /// compute over the kept ones only. The pruned model must compute the same outputs.
    /// </summary>
    public static OnnxModel Mask(Cut cut) => Mask(cut, null);

    /// <summary>The masked model with other weights in place of the model's own; null for these.</summary>
    internal static OnnxModel Mask(Cut cut, Func<TensorProto, TensorProto>? weights) =>
        cut.Analysis.Source with { Proto = Checked(() => new MaskedTwin(cut, weights ?? (t => t)).Run()) };

    /// <summary>The nodes that compute over kept indices only in <see cref="Mask(Cut)"/>.</summary>
    internal static IReadOnlyList<Node> Mixers(Cut cut) =>
        [.. cut.Analysis.Graph.Nodes.Where(node => MaskedTwin.Wraps(cut, node))];

    /// <summary>
    /// The original with the indices of variables reordered everywhere. If their coupling is right, it computes the same outputs for any
    /// operators that mix them, because a mean, a norm or a product does not depend on the order of channels.
    /// </summary>
    /// <param name="analysis">The model.</param>
    /// <param name="orders">For each variable that is reordered, the old index at each new one.</param>
    /// <param name="weights">Other weights to put in place of the model's own; null for these.</param>
    /// <param name="everyOther">True to reorder only every other weight: a wrong order, to measure its effect.</param>
    internal static OnnxModel Reorder(
        ModelAnalysis analysis, IReadOnlyDictionary<Term, int[]> orders, Func<TensorProto, TensorProto>? weights = null, bool everyOther = false) =>
        analysis.Source with { Proto = new ReorderedTwin(analysis, orders, weights ?? (t => t), everyOther).Run() };

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
