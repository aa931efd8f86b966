using OnnxPrune.Layouts;

namespace OnnxPrune.Operators;

/// <summary>The roles of the axes in an operator that computes attention as a whole, as its products in plain operators would have them.</summary>
internal static class HeadRoles
{
    /// <summary>States the variables of a rule that count heads, and those that count features of a head.</summary>
    public static void State(CouplingContext c, IReadOnlyDictionary<string, Term> names, string heads, string features)
    {
        foreach (char name in heads) c.Role(names[$"{name}"], AxisRole.Head);
        foreach (char name in features) c.Role(names[$"{name}"], AxisRole.HeadFeature);
    }
}
