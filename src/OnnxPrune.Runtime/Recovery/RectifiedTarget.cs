using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>
/// The targets of a layer before a Relu. If the original's sum before the Relu is positive, that sum is the target. Otherwise the target is the
/// present output of the fitted layer, limited to at most zero. Each fit to these targets can only lower Σ (t − y)² over positive t plus
/// Σ max(y, 0)² over the others.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="rectifier">The Relu after the layer.</param>
internal sealed class RectifiedTarget(LinearLayer layer, Rectifier rectifier)
{
    /// <summary>The Relu after the layer.</summary>
    public Rectifier Rectifier => rectifier;

    /// <summary>Adds to a graph the sums for these targets.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="unfolding">The layer's positions.</param>
    /// <param name="solution">The layer as it is fitted at present.</param>
    /// <param name="values">Names of what is known.</param>
    public TargetSums AddTo(GraphExtension graph, Unfolding unfolding, LinearSolution solution, Values values)
    {
        string x = unfolding.Features(values.Features);
        string present = graph.Node("Add", [graph.Node("MatMul", [x, Weights(graph, unfolding, solution)]), Constant(graph, solution.Intercept)]);
        string now = Affine(graph, present, Constant(graph, rectifier.Scale), Constant(graph, rectifier.Shift));
        string wanted = Affine(graph, unfolding.Targets(values.Original), Constant(graph, rectifier.Scale), Constant(graph, rectifier.Shift));
        if (values.Other is { } other) wanted = graph.Node("Add", [wanted, unfolding.Targets(other)]);
        if (values.OtherPruned is { } otherPruned) now = graph.Node("Add", [now, unfolding.Targets(otherPruned)]);
        string cutOff = graph.Node("Neg", [graph.Node("Relu", [graph.Node("Neg", [now])])]);
        string rectified = graph.Node("Where", [graph.Node("Greater", [wanted, Constant(graph, new double[layer.Outputs])]), wanted, cutOff]);
        string change = graph.Node("Mul", [graph.Node("Sub", [rectified, wanted]), Constant(graph, Inverse(rectifier.Scale))]);
        return TargetSums.AddTo(graph, layer, x, graph.Node("Add", [unfolding.Targets(values.Target), change]));
    }

    /// <summary>1 / a of each channel; 0 if a is negligible, because that channel cannot compensate for anything.</summary>
    public static double[] Inverse(double[] scale)
    {
        double least = 1e-3 * scale.Max(Math.Abs);
        return Array.ConvertAll(scale, a => Math.Abs(a) > least ? 1 / a : 0);
    }

    private static string Affine(GraphExtension graph, string value, string scale, string shift) =>
        graph.Node("Add", [graph.Node("Mul", [value, scale]), shift]);

    // One number per output channel, as rows have them: [outputs], or [groups, 1, outputs].
    private string Constant(GraphExtension graph, IReadOnlyList<double> numbers)
    {
        long[] dims = layer.Groups == 1 ? [layer.Outputs] : [layer.Groups, 1, layer.Outputs / layer.Groups];
        return graph.Constant(Tensors.Make("", RowType, dims, [.. numbers]));
    }

    // Wᵀ, [features, outputs] for each group, in the order of the columns of X.
    private string Weights(GraphExtension graph, Unfolding unfolding, LinearSolution solution)
    {
        int wide = layer.Features, high = layer.Outputs / layer.Groups;
        var numbers = new double[layer.Groups * wide * high];
        for (int g = 0; g < layer.Groups; g++)
        {
            for (int f = 0; f < wide; f++)
            {
                int column = unfolding.Columns is { } columns ? columns[f] : f;
                for (int o = 0; o < high; o++) numbers[(((g * wide) + column) * high) + o] = solution.Weights[g][o, f];
            }
        }
        return graph.Constant(Tensors.Make("", RowType, layer.Groups == 1 ? [wide, high] : [layer.Groups, wide, high], numbers));
    }

    private ElementType RowType => layer.Type == ElementType.Double ? ElementType.Double : ElementType.Float;

    /// <summary>Values of a graph.</summary>
    /// <param name="Features">The layer's input.</param>
    /// <param name="Target">The output that also compensates for the other summand.</param>
    /// <param name="Original">The original's output.</param>
    /// <param name="Other">The other summand in the original; null without a sum.</param>
    /// <param name="OtherPruned">The other summand in the pruned network.</param>
    internal sealed record Values(string Features, string Target, string Original, string? Other, string? OtherPruned);
}
