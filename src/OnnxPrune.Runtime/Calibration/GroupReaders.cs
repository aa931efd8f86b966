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
        var (node, view) = (analysis.Graph.Nodes[layer.Node.Index], layer.View);
        if (analysis.Layouts.LayoutOf(node.Inputs[view.Input]!) is not { } layout) return found;
        if (analysis.Layouts.LayoutOf(node.Inputs[view.Weights]!) is not { } own) return found;
        var substitution = analysis.Layouts.Unifier.Substitution;
        var contracted = substitution.Leaves(own[view.InputsAxis]);
        for (int g = 0; g < groups.Count; g++)
        {
            if (!contracted.Contains(groups[g].Variable) || (layer.Groups > 1 && view.InputsAxis == 0)) continue;
            int[] indices = VariableIndices.Of(substitution, layout[layer.HasChannelsFirst ? 1 : ^1], groups[g].Variable);
            if (indices.Length == layer.Inputs) found.Add((g, indices));
        }
        return found;
    }
}
