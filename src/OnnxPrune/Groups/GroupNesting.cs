using OnnxPrune.Layouts;

namespace OnnxPrune.Groups;

/// <summary>
/// How variables nest in the layouts of a model, and what operators say that they count. In Product(h, d), h is outside d, and the width
/// of h is the size of d: so many channels leave with one index of h. Keys and values may have other widths.
/// </summary>
internal sealed class GroupNesting
{
    private readonly Substitution substitution;
    private readonly HashSet<(Term, AxisRole)> roles = [];
    private readonly HashSet<Term> groups = [];
    private readonly Dictionary<Term, HashSet<Term>> outside = [];
    private readonly Dictionary<Term, SortedSet<int>> widths = [];
    private readonly HashSet<Term> nested = [];
    private readonly HashSet<Term> visited = [];

    public GroupNesting(LayoutInference layouts)
    {
        substitution = layouts.Unifier.Substitution;
        foreach (var value in layouts.Shapes.Graph.Values) foreach (var term in layouts.LayoutOf(value) ?? []) Visit(substitution.Resolve(term));
        foreach (var (term, role) in layouts.Roles) foreach (var leaf in substitution.Leaves(term)) roles.Add((leaf, role));
        foreach (var (leaf, role) in roles.Where(r => r.Item2 == AxisRole.InGroup)) groups.UnionWith(Outside(leaf));
    }

    private TermArena Arena => substitution.Arena;

    /// <summary>The variables that a variable is nested in.</summary>
    public IReadOnlyList<Term> Outside(Term variable) => outside.TryGetValue(variable, out var found) ? [.. found] : [];

    /// <summary>What the indices of a variable are.</summary>
    public ChannelKind KindOf(Term variable)
    {
        if (Has(variable, AxisRole.InGroup)) return ChannelKind.InGroup;
        if (groups.Contains(variable)) return ChannelKind.ConvGroups;
        if (IsHead(variable)) return ChannelKind.Heads;
        bool inHead = Outside(variable).Any(IsHead) || (nested.Contains(variable) && Has(variable, AxisRole.HeadFeature));
        return inHead ? ChannelKind.HeadSize : ChannelKind.Channels;
    }

    /// <summary>The channels that leave with one index of a variable, ascending: those of one head or group; else 1.</summary>
    public IReadOnlyList<int> WidthsOf(Term variable) =>
        KindOf(variable) is ChannelKind.Heads or ChannelKind.ConvGroups && widths.TryGetValue(variable, out var found) ? [.. found] : [1];

    private bool Has(Term variable, AxisRole role) => roles.Contains((variable, role));

    private bool IsHead(Term variable) => Has(variable, AxisRole.Head) && widths.ContainsKey(variable);

    private void Visit(Term term)
    {
        if (!visited.Add(term)) return;
        var parts = Arena.Parts(term);
        foreach (var part in parts) Visit(part);
        if (Arena.Kind(term) != TermKind.Product) return;
        for (int i = 0; i < parts.Count; i++)
        {
            var inner = parts.Skip(i + 1).Select(Arena.SizeOf).ToList();
            foreach (var leaf in substitution.Leaves(parts[i])) Nest(leaf, [.. parts.Take(i).SelectMany(substitution.Leaves)], i > 0, inner);
        }
    }

    private void Nest(Term leaf, List<Term> outer, bool isNested, List<Size> inner)
    {
        if (!outside.TryGetValue(leaf, out var found)) outside[leaf] = found = [];
        found.UnionWith(outer.Where(o => o != leaf));
        if (isNested) nested.Add(leaf);
        if (inner.Count == 0 || !inner.TrueForAll(size => size.IsConcrete)) return;
        if (!widths.TryGetValue(leaf, out var known)) widths[leaf] = known = [];
        known.Add((int)inner.Aggregate(1L, (n, size) => n * size.Value));
    }
}
