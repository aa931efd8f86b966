using OnnxPrune.Groups;
using OnnxPrune.Layouts;

namespace OnnxPrune;

/// <summary>Channels that must leave together: one dimension variable and every axis that it occurs on.</summary>
/// <param name="Id">A stable name: the first weight and axis it occurs on, as <c>conv1.weight[0]</c>, with <c>#k</c> for the k-th variable of that
/// axis.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Size">Number of coupled channels.</param>
/// <param name="Slices">Every weight axis that it occurs on, in the order of use.</param>
/// <param name="ApproximateBecause">The operator that mixes the channels, where removing them is only approximate; else null.</param>
/// <param name="Kind">What its indices are: channels, or whole heads or groups of them, or what is in these.</param>
/// <param name="Widths">Channels that leave with one index on the axes that it occurs on, ascending: those of one head or group; else 1.</param>
/// <param name="Outside">The variables of the groups that it is nested in: the heads of a head size.</param>
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
    /// <summary>True when removing channels equals zeroing their weights.</summary>
    public bool IsExact => ApproximateBecause is null;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({Size})";
}
