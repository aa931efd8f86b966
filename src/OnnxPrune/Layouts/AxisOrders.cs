namespace OnnxPrune.Layouts;

/// <summary>Folds orders of the indices of variables over layouts. Variables without an order of their own, and Fixed, keep theirs.</summary>
internal sealed class AxisOrders
{
    private readonly Substitution substitution;
    private readonly IReadOnlyDictionary<Term, int[]> orders;

    /// <summary>Creates the fold.</summary>
    /// <param name="substitution">What the variables are known to be.</param>
    /// <param name="orders">For each variable that is reordered, the old index at each new one.</param>
    public AxisOrders(Substitution substitution, IReadOnlyDictionary<Term, int[]> orders)
    {
        this.substitution = substitution;
        this.orders = orders;
    }

    /// <summary>The old index at each new index of a layout; null if the order does not change.</summary>
    public int[]? Of(Term term) => substitution.Leaves(term).Any(orders.ContainsKey) ? Compute(substitution.Resolve(term)) : null;

    private int[] Compute(Term term)
    {
        var arena = substitution.Arena;
        return arena.Kind(term) switch
        {
            TermKind.Concat =>
                arena.Parts(term).Aggregate(Array.Empty<int>(), (done, part) => [.. done, .. Compute(part).Select(i => done.Length + i)]),
            TermKind.Product =>
                arena.Parts(term).Select(Compute).Aggregate((outer, inner) => [.. outer.SelectMany(o => inner.Select(i => (o * inner.Length) + i))]),
            TermKind.Permuted => Reordered(Compute(arena.Parts(term)[0]), arena.Order(term)),
            _ => orders.TryGetValue(term, out int[]? order) ? order : [.. Enumerable.Range(0, (int)arena.SizeOf(term).Value)],
        };
    }

    // The operator that permutes does so after reordering as before: its index j is index order[j] of the reordered term.
    private static int[] Reordered(int[] inner, int[] order)
    {
        int[] inverse = IndexOrder.Inverse(order);
        return [.. order.Select(index => inverse[inner[index]])];
    }
}
