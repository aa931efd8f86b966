using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Which groups a linear layer reads.</summary>
internal static class GroupReaders
{
    /// <summary>The groups whose channels a layer sums over, and which of them each of its input channels is.</summary>
    /// <param name="analysis">The model; its nodes have the numbers of the graph that the layer is in.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="groups">The groups that are looked for.</param>
    /// <returns>Positions in <paramref name="groups"/>, ascending; for every input channel of the layer the group's channel, or -1.</returns>
    public static IReadOnlyList<(int Group, int[] Indices)> ReadsOf(ModelAnalysis analysis, LinearLayer layer, IReadOnlyList<ChannelGroup> groups)
    {
        var found = new List<(int, int[])>();
        var node = analysis.Graph.Nodes[layer.Node.Index];
        if (analysis.Layouts.LayoutOf(node.Inputs[0]!) is not { } layout || analysis.Layouts.LayoutOf(node.Inputs[1]!) is not { } own) return found;
        var substitution = analysis.Layouts.Unifier.Substitution;
        var contracted = substitution.Leaves(own[node.OpType == "Conv" || (node.OpType == "Gemm" && node.Int("transB", 0) != 0) ? 1 : 0]);
        for (int g = 0; g < groups.Count; g++)
        {
            if (!contracted.Contains(groups[g].Variable) || (layer.Groups > 1 && node.OpType != "Conv")) continue;
            int[] indices = VariableIndices.Of(substitution, layout[layer.IsConvolution ? 1 : ^1], groups[g].Variable);
            if (indices.Length == layer.Inputs) found.Add((g, indices));
        }
        return found;
    }
}
