using OnnxPrune.Groups;
using OnnxPrune.Layouts;

namespace OnnxPrune;

/// <summary>Channels that can only be removed together: one dimension variable and every axis that the variable occurs on.</summary>
/// <param name="Id">A stable name: the first weight and axis of the group, such as <c>conv1.weight[0]</c>, with <c>#k</c> for the k-th variable of
/// that axis.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Size">The number of coupled channels.</param>
/// <param name="Slices">Every weight axis that the variable occurs on, in the order of use.</param>
/// <param name="ApproximateBecause">The operator that mixes the channels, which makes their removal approximate; null for an exact group.</param>
/// <param name="Kind">The kind of the indices: channels, whole heads or convolution groups, or channels inside one of these.</param>
/// <param name="Widths">The channels that one index stands for on each axis, in ascending order: the channels of a head or convolution group, or
/// 1.</param>
/// <param name="Outside">The variables of the enclosing groups: the heads, for a head size.</param>
public sealed record ChannelGroup(
    string Id,
    Term Variable,
    int Size,
    IReadOnlyList<CoupledSlice> Slices,
    PinReason? ApproximateBecause,
    ChannelKind Kind,
    IReadOnlyList<int> Widths,
    IReadOnlyList<Term> Outside)
{
    /// <summary>True if removing channels gives the same outputs as zeroing their weights.</summary>
    public bool IsExact => ApproximateBecause is null;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({Size})";
}
