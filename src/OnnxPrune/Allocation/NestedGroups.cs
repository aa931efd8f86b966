using OnnxPrune.Groups;

namespace OnnxPrune.Allocation;

/// <summary>
/// Which groups are nested in which: features in heads, channels in groups of a convolution. One index of the outer group takes indices of the inner
/// one with it, so what both lose multiplies.
/// </summary>
internal static class NestedGroups
{
    /// <summary>
    /// For each group, the positions of the groups that it is nested in. Where two are nested in each other, on different axes, as behind a channel
    /// shuffle, the first is the outer one.
    /// </summary>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<ChannelGroup> groups)
    {
        var positions = groups.Select((group, g) => (group.Variable, g)).ToDictionary(p => p.Variable, p => p.g);
        return [.. groups.Select((group, g) => group.Outside.Where(positions.ContainsKey).Select(outer => positions[outer])
            .Where(outer => outer < g || !groups[outer].Outside.Contains(group.Variable)).Order().ToArray())];
    }
}
