using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>What a walk through a model has to hold.</summary>
internal static class LiveActivations
{
    /// <summary>The bytes of all values that are live before one node, for one sample, where they are most.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="valuation">The valuation of symbolic dimensions (<see cref="Size"/>).</param>
    public static long BytesPerSample(ModelAnalysis analysis, int valuation = Size.Nominal)
    {
        var graph = analysis.Graph;
        var last = new Dictionary<Value, int>();
        foreach (var node in graph.Nodes) foreach (var value in node.Reads) last[value] = node.Index;
        foreach (var output in graph.Outputs) last[output] = graph.Nodes.Count;
        var change = new long[graph.Nodes.Count + 2];
        foreach (var (value, end) in last)
        {
            if (value.Initializer is not null) continue;
            long bytes = Bytes(analysis, value, valuation);
            change[value.Producer is { } producer ? producer.Index + 1 : 0] += bytes;
            change[end + 1] -= bytes;
        }
        long live = 0;
        return change.Max(c => live += c);
    }

    // The first axis counts samples.
    private static long Bytes(ModelAnalysis analysis, Value value, int valuation)
    {
        if (analysis.Shapes[value].Shape is not { Length: > 0 } shape) return 0;
        long elements = 1;
        foreach (var size in shape.Skip(1)) elements *= size.IsKnown ? Math.Max(1, size[valuation]) : 1;
        return elements * sizeof(float);
    }
}
