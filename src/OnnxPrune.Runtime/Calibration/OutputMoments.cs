using OnnxPrune.Runtime.Execution;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>The wanted and the present mean and variance of each output channel of a layer, summed inside the runtime batch by batch.</summary>
internal sealed class OutputMoments : IBatchSums
{
    private readonly string[] outputs;
    private readonly double[][] sums;
    private readonly int positionsAxis;
    private double positions;

    private OutputMoments(string[] outputs, int channels, int positionsAxis)
    {
        this.outputs = outputs;
        this.positionsAxis = positionsAxis;
        sums = [.. Enumerable.Range(0, 4).Select(_ => new double[channels])];
    }

    /// <summary>What each channel should be.</summary>
    public ChannelMoments Target => Of(0);

    /// <summary>What each channel is.</summary>
    public ChannelMoments Own => Of(2);

    /// <summary>Adds to a graph what the moments need.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="unfolding">The positions of the layer.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="target">Name of what its output should be.</param>
    /// <param name="own">Name of its output.</param>
    public static OutputMoments AddTo(GraphExtension graph, Unfolding unfolding, LinearLayer layer, string target, string own)
    {
        int axis = layer.Groups == 1 ? 0 : 1;
        string t = InDouble(graph, unfolding.Targets(target)), y = InDouble(graph, unfolding.Targets(own));
        string[] outputs =
        [
            graph.Sum(t, axis),
            graph.Sum(graph.Node("Mul", [t, t]), axis),
            graph.Sum(y, axis),
            graph.Sum(graph.Node("Mul", [y, y]), axis),
            graph.Node("Shape", [t]),
        ];
        foreach (string output in outputs) graph.Output(output);
        return new OutputMoments(outputs, layer.Outputs, axis);
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyDictionary<string, HostTensor> results)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            double[] values = results[outputs[i]].ToDoubles();
            for (int c = 0; c < values.Length; c++) sums[i][c] += values[c];
        }
        positions += results[outputs[^1]].ToDoubles()[positionsAxis];
    }

    // A variance is the small difference of two large numbers where the mean is large.
    private static string InDouble(GraphExtension graph, string value) => graph.Node("Cast", [value], GraphExtension.Int("to", (int)ElementType.Double));

    private ChannelMoments Of(int first)
    {
        double[] means = Array.ConvertAll(sums[first], s => s / positions);
        return new ChannelMoments(means, [.. sums[first + 1].Select((s, c) => Math.Max(0, (s / positions) - (means[c] * means[c])))]);
    }
}

/// <summary>Mean and variance per channel over samples and positions.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Variance">The variances.</param>
internal sealed record ChannelMoments(double[] Mean, double[] Variance)
{
    /// <summary>False if an activation is not finite, or so large that its square is not finite.</summary>
    public bool IsFinite => Array.TrueForAll(Mean, double.IsFinite) && Array.TrueForAll(Variance, double.IsFinite);
}
