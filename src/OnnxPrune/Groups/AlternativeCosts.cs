using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Groups;

/// <summary>
/// Of two branches only one runs, and the more costly one counts. After a cut that could be the other one, unless one of them has all the products of
/// axes that the other one has: then it costs at least as much, whatever is cut.
/// </summary>
internal static class AlternativeCosts
{
    /// <summary>The nodes of the branches that do not count.</summary>
    /// <param name="layouts">The graph with open branches.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="branches">The opened nodes.</param>
    /// <param name="undecided">Nodes neither of whose branches has all products of the other one.</param>
    public static HashSet<Node> Of(LayoutInference layouts, LayoutRules rules, OpenBranches branches, ICollection<string> undecided)
    {
        var skipped = new HashSet<Node>();
        foreach (var branch in branches.All.Reverse())
        {
            var (then, otherwise) = (branch.NodesOf(layouts.Shapes.Graph, 0), branch.NodesOf(layouts.Shapes.Graph, 1));
            var (a, b) = (Products(layouts, rules, then.Where(n => !skipped.Contains(n))), Products(layouts, rules, otherwise.Where(n => !skipped.Contains(n))));
            if (Covers(a, b)) skipped.UnionWith(otherwise);
            else if (Covers(b, a)) skipped.UnionWith(then);
            else undecided.Add(branch.Name);
        }
        return skipped;
    }

    private static bool Covers(Dictionary<string, int> more, Dictionary<string, int> less) => less.All(p => more.GetValueOrDefault(p.Key) >= p.Value);

    private static Dictionary<string, int> Products(LayoutInference layouts, LayoutRules rules, IEnumerable<Node> nodes) => nodes
        .SelectMany(n => CostModel.Products(layouts, rules, n).Concat(BodyCosts.Macs(layouts, rules, n).Select(m => m.Axes)))
        .CountBy(axes => string.Join('*', axes.Select(axis => Text(layouts.Unifier, layouts.Unifier.Substitution.Resolve(axis))).Order(StringComparer.Ordinal)))
        .ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    // An order does not change a size.
    private static string Text(Unifier unifier, Term term) => unifier.Arena.Kind(term) switch
    {
        TermKind.Leaf => $"v{term.Id}",
        TermKind.Fixed => $"{unifier.Arena.SizeOf(term)}@{unifier.Arena.SizeOf(term)[Size.Nominal]}",
        TermKind.Permuted => Text(unifier, unifier.Arena.Parts(term)[0]),
        var kind => $"{kind}({string.Join(',', unifier.Arena.Parts(term).Select(part => Text(unifier, part)))})",
    };
}
