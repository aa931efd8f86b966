namespace OnnxPrune.Layouts;

/// <summary>
/// Folds the kept indices of variables over layouts: keep(Concat) is concatenation, keep(Product) is the outer product of the
/// factors' masks, and keep(Permuted) has the order of its indices. Variables without a mask of their own, and Fixed, keep everything.
/// </summary>
internal sealed class KeepMasks
{
    private readonly Substitution substitution;
    private readonly IReadOnlyDictionary<Term, bool[]> kept;
    private readonly int valuation;
    private readonly Dictionary<Term, bool[]> memo = [];

    /// <summary>Creates the fold.</summary>
    /// <param name="substitution">What the variables are known to be.</param>
    /// <param name="kept">The mask of each variable that loses indices.</param>
    /// <param name="valuation">The valuation at which varying sizes are taken.</param>
    public KeepMasks(Substitution substitution, IReadOnlyDictionary<Term, bool[]> kept, int valuation = 0)
    {
        this.substitution = substitution;
        this.kept = kept;
        this.valuation = valuation;
    }

    /// <summary>The mask of a layout: true where the index is kept. One array per distinct term; do not change it.</summary>
    public bool[] Of(Term term)
    {
        var resolved = substitution.Resolve(term);
        return memo.TryGetValue(resolved, out var mask) ? mask : memo[resolved] = Compute(resolved);
    }

    /// <summary>True when a layout loses no index.</summary>
    public bool KeepsAll(Term term) => !substitution.Leaves(term).Any(kept.ContainsKey);

    private bool[] Compute(Term term)
    {
        var arena = substitution.Arena;
        return arena.Kind(term) switch
        {
            TermKind.Concat => [.. arena.Parts(term).SelectMany(Of)],
            TermKind.Product => arena.Parts(term).Select(Of).Aggregate(Outer),
            TermKind.Permuted => IndexOrder.Take(Of(arena.Parts(term)[0]), arena.Order(term)),
            _ => kept.TryGetValue(term, out var mask) ? mask : All(arena.SizeOf(term)[valuation]),
        };
    }

    private static bool[] Outer(bool[] outer, bool[] inner)
    {
        var result = new bool[outer.Length * inner.Length];
        for (int i = 0; i < outer.Length; i++) if (outer[i]) inner.CopyTo(result, i * inner.Length);
        return result;
    }

    private static bool[] All(long count)
    {
        var mask = new bool[count];
        Array.Fill(mask, true);
        return mask;
    }
}
