using OnnxPrune.Diagnostics;
using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Rewriting;

/// <summary>One axis that loses indices: a row-major nest of factors, outermost first. There are several only where one varies in size.</summary>
/// <param name="Factors">The factors; at most one of them varies.</param>
internal sealed record CutAxis(IReadOnlyList<CutFactor> Factors)
{
    /// <summary>The axes of a layout; null for those that stay whole.</summary>
    /// <exception cref="OnnxPruneException">OP5002: indices leave an axis that varies in size in another way than as one factor.</exception>
    public static IReadOnlyList<CutAxis?> Of(Substitution substitution, KeepMasks masks, IReadOnlyList<Term> layout) =>
        [.. layout.Select(term => masks.KeepsAll(term) ? null : Of(substitution, masks, substitution.Resolve(term)))];

    private static CutAxis Of(Substitution substitution, KeepMasks masks, Term term)
    {
        var arena = substitution.Arena;
        if (arena.SizeOf(term).IsConcrete) return new CutAxis([new CutFactor(arena.SizeOf(term).Value, masks.Of(term))]);
        var factors = arena.Kind(term) == TermKind.Product ? arena.Parts(term) : [];
        bool IsVarying(Term factor) => !arena.SizeOf(factor).IsConcrete;
        if (factors.Count(IsVarying) != 1 || factors.Any(f => IsVarying(f) && arena.Kind(f) != TermKind.Fixed))
            throw new OnnxPruneException(ErrorCodes.NotVerified, "an operator mixes channels along an axis whose size varies");
        return new CutAxis(
            [
                .. factors.Select(
                    f => IsVarying(f) ? CutFactor.Varying : new CutFactor(arena.SizeOf(f).Value, masks.KeepsAll(f) ? null : masks.Of(f)))]);
    }
}

/// <summary>One factor of a <see cref="CutAxis"/>.</summary>
/// <param name="Length">Its number of indices, -1 where that varies.</param>
/// <param name="Mask">The indices that stay; null for all.</param>
internal sealed record CutFactor(long Length, bool[]? Mask)
{
    /// <summary>A factor whose size varies with a symbolic dimension.</summary>
    public static readonly CutFactor Varying = new(-1, null);

    /// <summary>Its number of indices after pruning.</summary>
    public long KeptLength => Mask is null ? Length : Mask.Count(k => k);
}
