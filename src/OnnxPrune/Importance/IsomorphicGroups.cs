using OnnxPrune.Groups;

namespace OnnxPrune.Importance;

/// <summary>
/// Finds groups with isomorphic sub-graphs (after Isomorphic Pruning, Fang et al. 2024): groups whose channels have the same kind and which occur
/// on the same multiset of weight axes. A weight axis is identified by the operator that reads the weight, the slot, whether the operator is a
/// grouped convolution, the axis, the number of axes, and the kernel sizes. Numbers of channels do not matter.
/// </summary>
internal static class IsomorphicGroups
{
    /// <summary>A text for each group, in their order; groups with equal texts are alike.</summary>
    public static IReadOnlyList<string> Of(ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups)
    {
        var slices = new WeightSlices(analysis);
        return groups
            .Select(g => $"{g.Kind.Name()}: {string.Join(", ", g.Slices.Select(s => Describe(slices, s)).Order(StringComparer.Ordinal))}")
            .ToList();
    }

    private static string Describe(WeightSlices slices, CoupledSlice slice)
    {
        var dims = slice.Weight.Initializer!.Dims;
        var reads = slices.ReadersOf(slice.Weight).Select(r => $"{r.Node.OpType}({r.Slot}){(r.Node.Int("group", 1) > 1 ? " in groups" : "")}");
        return $"{string.Join('/', reads)} axis {slice.Axis} of {dims.Count} {string.Join('x', dims.Skip(2))}";
    }
}
