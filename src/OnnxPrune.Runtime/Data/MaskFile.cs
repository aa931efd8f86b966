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
/// <param name="Kept">The masks of the variables that lose channels, true where a channel stays: as a plan's.</param>
/// <param name="Notes">What masks ask for and cannot be done, in sentences.</param>
public sealed record MaskFile(IReadOnlyDictionary<Term, bool[]> Kept, IReadOnlyList<string> Notes)
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
        var kept = new Dictionary<Term, bool[]>();
        foreach (var group in groups)
        {
            bool[] stays = Stays(analysis, group, masks);
            if (!stays.Contains(true))
                throw new OnnxPruneException(
                    ErrorCodes.InvalidData, $"the masks remove all {group.Size} channels of group {group.Id}; at least one must be kept", path);
            if (stays.Contains(false)) kept[group.Variable] = stays;
        }
        if (groups.SelectMany(g => g.Slices).All(s => masks.Of(s) is null))
            throw SliceArrays.NothingFits(path, "a prunable group", masks.Keys, groups);
        return new MaskFile(kept, [.. masks.Unused(groups), .. Stuck(analysis, groups, masks, kept)]);
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
    private static IEnumerable<string> Stuck(
        ModelAnalysis analysis, IReadOnlyList<ChannelGroup> groups, AxisMasks masks, Dictionary<Term, bool[]> kept)
    {
        var keep = new KeepMasks(analysis.Layouts.Unifier.Substitution, kept);
        foreach (var slice in groups.SelectMany(g => g.Slices).DistinctBy(SliceArrays.KeyOf))
        {
            if (masks.Of(slice) is not { } mask) continue;
            bool[] stays = keep.Of(analysis.Layouts.LayoutOf(slice.Weight)![slice.Axis]);
            int stuck = Enumerable.Range(0, mask.Length).Count(i => !mask[i] && stays[i]);
            if (stuck > 0)
                yield return $"{stuck} masked indices of {SliceArrays.KeyOf(slice)} are kept: other indices of their channels are not masked";
        }
    }
}
