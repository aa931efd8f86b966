using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <summary>What grouped convolutions and normalisations share: groups (g) of channels (i, o).</summary>
internal static class GroupedChannels
{
    /// <summary>
    /// Records the number of groups for the rewriting of the node, and assigns the roles of groups and of channels within groups. A single
    /// group does not count as a group, and groups of one channel are channels.
    /// </summary>
    public static void State(CouplingContext c, IReadOnlyDictionary<string, Term> names)
    {
        c.Record("g", names["g"]);
        if (c.SizeOf(names["g"]).IsOne || c.SizeOf(names["i"]).IsOne) return;
        foreach (string channels in names.Keys.Where(name => name is "i" or "o")) c.Role(names[channels], AxisRole.InGroup);
    }
}
