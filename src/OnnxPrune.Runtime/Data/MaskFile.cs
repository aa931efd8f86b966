using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;

namespace OnnxPrune.Runtime.Data;

/// <summary>
/// Masks that were made elsewhere, in a .npz file: 0 leaves, anything else stays. A key is a weight axis, as <c>conv1.weight[0]</c>, with one
/// number per index, or a weight with one number per element, where an index leaves whose elements are all 0. A channel leaves when the
/// mask of any weight axis that it is coupled to lets all of its indices there go.
/// </summary>
/// <param name="Cut">The channels that stay.</param>
/// <param name="Notes">What masks ask for and cannot be done, in sentences.</param>
internal sealed record MaskFile(Cut Cut, IReadOnlyList<string> Notes)
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups that may lose channels.</param>
    /// <exception cref="OnnxPruneException">OP1001 not readable; OP2002 it fits nothing, an array has another shape, or a group would lose all of its
    /// channels.</exception>
    public static MaskFile Load(string path, ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups)
    {
        var masks = new AxisMasks(path, NumpyArray.LoadAll(path));
        var kept = new Dictionary<ChannelGroup, bool[]>();
        foreach (var group in groups)
        {
            bool[] stays = Stays(analysis, group, masks);
            if (!stays.Contains(true))
                throw new OnnxPruneException(
                    ErrorCodes.InvalidData, $"the masks remove all {group.Size} channels of group {group.Id}; at least one must be kept", path);
            if (stays.Contains(false)) kept[group] = stays;
        }
        if (groups.SelectMany(g => g.Slices).All(s => masks.Of(s) is null))
            throw SliceArrays.NothingFits(path, "a prunable group", masks.Keys, groups);
        var cut = Cut.Of(analysis, kept);
        return new MaskFile(cut, [.. masks.Unused(groups), .. Stuck(cut, groups, masks)]);
    }

    private static bool[] Stays(ModelAnalysis analysis, ChannelGroup group, AxisMasks masks)
    {
        var stays = Enumerable.Repeat(true, group.Size).ToArray();
        foreach (var slice in group.Slices)
        {
            if (masks.Of(slice) is not { } mask) continue;
            int[] channels = VariableIndices.Of(
                analysis.Layouts.Unifier.Substitution, analysis.Layouts.LayoutOf(slice.Weight)![slice.Axis], group.Variable);
            var wanted = new bool[group.Size];
            for (int i = 0; i < mask.Length; i++) if (mask[i] && channels[i] >= 0) wanted[channels[i]] = true;
            for (int c = 0; c < stays.Length; c++) stays[c] &= wanted[c];
        }
        return stays;
    }

    // Indices that a mask lets go and that stay: parts of a channel, or of what cannot be pruned.
    private static IEnumerable<string> Stuck(Cut cut, IReadOnlyList<ChannelGroup> groups, AxisMasks masks)
    {
        var keep = cut.Masks();
        foreach (var slice in groups.SelectMany(g => g.Slices).DistinctBy(SliceArrays.KeyOf))
        {
            if (masks.Of(slice) is not { } mask) continue;
            bool[] stays = keep.Of(cut.Analysis.Layouts.LayoutOf(slice.Weight)![slice.Axis]);
            int stuck = Enumerable.Range(0, mask.Length).Count(i => !mask[i] && stays[i]);
            if (stuck > 0)
                yield return $"{stuck} masked indices of {SliceArrays.KeyOf(slice)} are kept: other indices of their channels are not masked";
        }
    }
}
