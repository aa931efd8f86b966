using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>Folds the number of kept indices of variables over layouts: sums over Concat, products over Product.</summary>
internal sealed class KeptSizes
{
    private readonly Substitution substitution;
    private readonly Func<Term, long?> kept;

    /// <summary>Creates the fold; <paramref name="kept"/> gives how many indices of a variable stay, null for all.</summary>
    public KeptSizes(Substitution substitution, Func<Term, long?> kept)
    {
        this.substitution = substitution;
        this.kept = kept;
    }

    /// <summary>The size of a layout after pruning.</summary>
    public Size Of(Term term)
    {
        term = substitution.Resolve(term);
        var arena = substitution.Arena;
        return arena.Kind(term) switch
        {
            TermKind.Concat => arena.Parts(term).Aggregate(Size.Zero, (n, part) => n + Of(part)),
            TermKind.Product => Size.Product(arena.Parts(term).Select(Of)),
            TermKind.Permuted => Of(arena.Parts(term)[0]),
            TermKind.Leaf when kept(term) is { } count => Size.Of(count),
            _ => arena.SizeOf(term),
        };
    }
}
