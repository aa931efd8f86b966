using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Describes sequences of atoms by new variables. Atoms that are equal leave together, so they are one index. Indices are of one variable if they
/// occur equally often in every sequence, so that the size of a sequence is the same whichever of them leave.
/// </summary>
internal sealed class Regrouping
{
    private readonly TermArena arena;
    private readonly LayoutAtoms atoms;
    private readonly IReadOnlyList<int[]> sequences;
    private readonly List<(List<int> Roots, int[] Counts)> kinds = [];
    private readonly List<Term> fresh = [];

    public Regrouping(TermArena arena, LayoutAtoms atoms, IReadOnlyList<int[]> sequences)
    {
        this.arena = arena;
        this.atoms = atoms;
        this.sequences = sequences;
        var counts = new Dictionary<int, int[]>();
        for (int s = 0; s < sequences.Count; s++)
        {
            foreach (int root in sequences[s].Select(atoms.Root).Where(root => root != LayoutAtoms.Kept))
            {
                if (!counts.TryGetValue(root, out int[]? own)) counts[root] = own = new int[sequences.Count];
                own[s]++;
            }
        }
        foreach (var kind in counts.OrderBy(c => c.Key).GroupBy(c => string.Join(',', c.Value)))
            kinds.Add(([.. kind.Select(c => c.Key)], kind.First().Value));
    }

    /// <summary>The number of new variables.</summary>
    public int Count => kinds.Count;

    /// <summary>The new variables, once <see cref="Layouts"/> has made them.</summary>
    public IReadOnlyList<Term> Fresh => fresh;

    /// <summary>The layouts of the sequences; <paramref name="kept"/> is why indices are never removed.</summary>
    public List<Term> Layouts(PinReason kept)
    {
        var alone = kept with { Why = "only one cycle of indices has this length" };
        fresh.AddRange(kinds.Select(k => k.Roots.Count > 1 ? arena.Leaf(Size.Of(k.Roots.Count)) : arena.Fixed(Size.One, alone)));
        return [.. Enumerable.Range(0, sequences.Count).Select(s => LayoutOf(s, kept))];
    }

    // The kinds one after the other, each index as often as it occurs, and last what is kept; then in the order of the sequence.
    private Term LayoutOf(int sequence, PinReason kept)
    {
        var next = new Dictionary<int, int>();
        var parts = new List<Term>();
        int end = 0;
        for (int k = 0; k < kinds.Count; k++)
        {
            int times = kinds[k].Counts[sequence];
            if (times == 0) continue;
            foreach (int root in kinds[k].Roots) (next[root], end) = (end, end + times);
            parts.Add(arena.Product(fresh[k], arena.Fixed(Size.Of(times), arena.Kind(fresh[k]) == TermKind.Fixed ? arena.Reason(fresh[k]) : PinReason.None)));
        }
        next[LayoutAtoms.Kept] = end;
        parts.Add(arena.Fixed(Size.Of(sequences[sequence].Length - end), kept));
        return arena.Permuted(arena.Concat(parts), [.. sequences[sequence].Select(atom => next[atoms.Root(atom)]++)]);
    }
}
