namespace OnnxPrune.Layouts;

/// <summary>
/// Layouts index by index. An atom is one index of one variable, as a number; the index of a layout is an atom, or <see cref="Kept"/> if it is never
/// removed. Layouts can be made equal atom by atom.
/// </summary>
internal sealed class LayoutAtoms(TermArena arena)
{
    /// <summary>An index that is never removed.</summary>
    public const int Kept = 0;

    private readonly Dictionary<Term, int> first = [];
    private readonly List<int> parents = [Kept];

    /// <summary>The variables so far.</summary>
    public IReadOnlyCollection<Term> Variables => first.Keys;

    /// <summary>
    /// The atoms of a resolved layout; null if an index leaves with any of several atoms, as in a product of variables, or if the size is not concrete.
    /// </summary>
    public int[]? Of(Term term)
    {
        if (!arena.SizeOf(term).IsConcrete) return null;
        return arena.Kind(term) switch
        {
            TermKind.Fixed => new int[arena.SizeOf(term).Value],
            TermKind.Leaf => [.. Enumerable.Range(First(term), (int)arena.SizeOf(term).Value)],
            TermKind.Permuted => Of(arena.Parts(term)[0]) is { } atoms ? IndexOrder.Take(atoms, arena.Order(term)) : null,
            TermKind.Concat => OfParts(term) is { } parts ? [.. parts.SelectMany(p => p)] : null,
            _ => OfParts(term)?.Aggregate((int[]?)[Kept], Nested),
        };
    }

    /// <summary>The atom that stands for all that are equal to an atom.</summary>
    public int Root(int atom)
    {
        while (parents[atom] != atom) atom = parents[atom] = parents[parents[atom]];
        return atom;
    }

    /// <summary>Makes two atoms equal; false if they are.</summary>
    public bool Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        if (a == b) return false;
        parents[Math.Max(a, b)] = Math.Min(a, b);
        return true;
    }

    private int First(Term variable)
    {
        if (first.TryGetValue(variable, out int known)) return known;
        int start = first[variable] = parents.Count;
        parents.AddRange(Enumerable.Range(start, (int)arena.SizeOf(variable).Value));
        return start;
    }

    private List<int[]>? OfParts(Term term)
    {
        var parts = new List<int[]>();
        foreach (var part in arena.Parts(term))
        {
            if (Of(part) is not { } atoms) return null;
            parts.Add(atoms);
        }
        return parts;
    }

    private static int[]? Nested(int[]? outer, int[] inner)
    {
        if (outer is null) return null;
        var atoms = new int[outer.Length * inner.Length];
        for (int i = 0; i < atoms.Length; i++)
        {
            var (a, b) = (outer[i / inner.Length], inner[i % inner.Length]);
            if (a != Kept && b != Kept) return null;
            atoms[i] = Math.Max(a, b);
        }
        return atoms;
    }
}
