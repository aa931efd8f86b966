using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Allocation;

/// <summary>
/// The size of an axis at the nominal valuation, as a function of the number of kept indices of each group: what <see cref="KeptSizes"/> folds,
/// compiled.
/// </summary>
internal abstract class AxisSize
{
    /// <summary>The size where group g keeps <paramref name="kept"/>[g].</summary>
    public abstract double At(int[] kept);

    /// <summary>Compiles a layout; an unknown size counts as one.</summary>
    /// <param name="substitution">What variables stand for.</param>
    /// <param name="term">The layout.</param>
    /// <param name="groups">The positions of the groups in play, by variable.</param>
    public static AxisSize Of(Substitution substitution, Term term, IReadOnlyDictionary<Term, int> groups)
    {
        term = substitution.Resolve(term);
        var arena = substitution.Arena;
        var full = new KeptSizes(substitution, _ => null).Of(term);
        if (!full.IsKnown) return new Constant(1);
        if (arena.Kind(term) == TermKind.Leaf)
            return groups.TryGetValue(term, out int group) ? new Channels(group) : new Constant(full[Size.Nominal]);
        if (!substitution.Leaves(term).Any(groups.ContainsKey)) return new Constant(full[Size.Nominal]);
        if (arena.Kind(term) == TermKind.Permuted) return Of(substitution, arena.Parts(term)[0], groups);
        AxisSize[] parts = [.. arena.Parts(term).Select(part => Of(substitution, part, groups))];
        return arena.Kind(term) == TermKind.Concat ? new Sum(parts) : new Product(parts);
    }

    /// <summary>A size that stays.</summary>
    internal sealed class Constant(double size) : AxisSize
    {
        public override double At(int[] kept) => size;
    }

    /// <summary>The kept indices of one group.</summary>
    internal sealed class Channels(int group) : AxisSize
    {
        public override double At(int[] kept) => kept[group];
    }

    private sealed class Sum(AxisSize[] parts) : AxisSize
    {
        public override double At(int[] kept)
        {
            double sum = 0;
            foreach (var part in parts) sum += part.At(kept);
            return sum;
        }
    }

    private sealed class Product(AxisSize[] parts) : AxisSize
    {
        public override double At(int[] kept)
        {
            double product = 1;
            foreach (var part in parts) product *= part.At(kept);
            return product;
        }
    }
}
