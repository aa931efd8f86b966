using OnnxPrune.Diagnostics;
using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <content>Cutting a layout in two along its axis, and into an outer and an inner factor.</content>
internal sealed partial class Unifier
{
    /// <summary>Cuts a layout in two: the first <paramref name="at"/> indices and the rest.</summary>
    public (Term Head, Term Tail) Split(Term term, Size at, PinReason reason)
    {
        term = Substitution.Resolve(term);
        var size = Arena.SizeOf(term);
        if (at.Same(Size.Zero)) return (Empty, term);
        if (at.Same(size)) return (term, Empty);
        if (at.Below(Size.Zero) || size.Below(at)) throw Errors.Internal($"cut a layout of {size} at {at}");
        return Arena.Kind(term) switch
        {
            TermKind.Fixed => (Arena.Fixed(at, Arena.Reason(term)), Arena.Fixed(size - at, Arena.Reason(term))),
            TermKind.Leaf => SplitLeaf(term, at, reason),
            TermKind.Concat => SplitConcat(term, at, reason),
            TermKind.Permuted => SplitPermuted(term, at, reason),
            _ => SplitProduct(term, at, reason),
        };
    }

    /// <summary>
    /// Cuts a layout into <c>outer * inner</c>. Null where it does not nest that way; what was learned on the way stays learned.
    /// </summary>
    public (Term Outer, Term Inner)? Factor(Term term, Size inner, PinReason reason)
    {
        term = Substitution.Resolve(term);
        var size = Arena.SizeOf(term);
        if (size.Same(inner)) return (Arena.Fixed(Size.One, PinReason.None), term);
        if (inner.IsOne) return (term, Arena.Fixed(Size.One, PinReason.None));
        if (!inner.Divides(size)) return null;
        return Arena.Kind(term) switch
        {
            TermKind.Fixed => (Arena.Fixed(size / inner, Arena.Reason(term)), Arena.Fixed(inner, Arena.Reason(term))),
            TermKind.Leaf => FactorLeaf(term, inner),
            TermKind.Product => FactorProduct(term, inner, reason),
            TermKind.Permuted => FactorPermuted(term, inner, reason),
            _ => FactorConcat(term, inner, reason),
        };
    }

    private Term Empty => Arena.Fixed(Size.Zero, PinReason.None);

    private (Term, Term) SplitLeaf(Term leaf, Size at, PinReason reason)
    {
        var original = originals.GetValueOrDefault(leaf, leaf);
        int count = pieces[original] = pieces.GetValueOrDefault(original, 1) + 1;
        if (count > MostPieces || !at.IsConcrete)
        {
            string why = at.IsConcrete ? "too many pieces" : "the boundary moves with a symbolic dimension";
            Substitution.Pin(leaf, reason with { Why = why });
            return Split(leaf, at, reason);
        }
        var head = Arena.Leaf(at);
        var tail = Arena.Leaf(Arena.SizeOf(leaf) - at);
        originals[head] = originals[tail] = original;
        Substitution.Bind(leaf, Arena.Concat(head, tail));
        return (head, tail);
    }

    private (Term, Term) SplitConcat(Term concat, Size at, PinReason reason)
    {
        var parts = Arena.Parts(concat);
        var before = Size.Zero;
        int next = 0;
        while ((before + Arena.SizeOf(parts[next])).AtMost(at)) before += Arena.SizeOf(parts[next++]);
        if (before.Same(at)) return (Arena.Concat(parts.Take(next)), Arena.Concat(parts.Skip(next)));
        if (!before.Below(at) || !at.Below(before + Arena.SizeOf(parts[next])))
        {
            Substitution.Pin(concat, reason with { Why = "the boundary moves with a symbolic dimension" });
            return Split(concat, at, reason);
        }
        var (head, tail) = Split(parts[next], at - before, reason);
        return (Arena.Concat(parts.Take(next).Append(head)), Arena.Concat(parts.Skip(next + 1).Prepend(tail)));
    }

    // A boundary inside a block pins the outer factor only: Fixed(q)*l, l1 | l2, Fixed(n-q-1)*l with l = l1 + l2.
    private (Term, Term) SplitProduct(Term product, Size at, PinReason reason)
    {
        var outer = Arena.Parts(product)[0];
        var inner = Arena.Product(Arena.Parts(product).Skip(1));
        var block = Arena.SizeOf(inner);
        if (block.Divides(at))
        {
            var (first, second) = Split(outer, at / block, reason);
            return (Arena.Product(first, inner), Arena.Product(second, inner));
        }
        if (Arena.Kind(outer) != TermKind.Fixed)
        {
            Substitution.Pin(outer, reason with { Why = "a boundary lies inside a block" });
            return Split(product, at, reason);
        }
        var whole = at / block;
        if (!whole.IsKnown)
        {
            Substitution.Pin(product, reason);
            return Split(product, at, reason);
        }
        var (head, tail) = Split(inner, at - (whole * block), reason);
        var rest = Arena.SizeOf(outer) - whole - Size.One;
        return (Arena.Concat(Blocks(whole, head, tail), head), Arena.Concat(tail, Blocks(rest, head, tail)));
    }

    private Term Blocks(Size count, Term head, Term tail) => Arena.Product(Arena.Fixed(count, PinReason.None), Arena.Concat(head, tail));

    private (Term, Term)? FactorLeaf(Term leaf, Size inner)
    {
        if (!inner.IsConcrete) return null;
        var outerLeaf = Arena.Leaf(Arena.SizeOf(leaf) / inner);
        var innerLeaf = Arena.Leaf(inner);
        Substitution.Bind(leaf, Arena.Product(outerLeaf, innerLeaf));
        return (outerLeaf, innerLeaf);
    }

    private (Term, Term)? FactorProduct(Term product, Size inner, PinReason reason)
    {
        var outside = Arena.Parts(product).ToList();
        var inside = new List<Term>();
        while (!inner.IsOne)
        {
            var next = outside[^1];
            outside.RemoveAt(outside.Count - 1);
            var size = Arena.SizeOf(next);
            if (size.Divides(inner))
            {
                inside.Insert(0, next);
                inner /= size;
            }
            else if (inner.Divides(size) && Factor(next, inner, reason) is var (outerPart, innerPart))
            {
                outside.Add(outerPart);
                inside.Insert(0, innerPart);
                inner = Size.One;
            }
            else
            {
                return null;
            }
        }
        return (Arena.Product(outside), Arena.Product(inside));
    }

    private (Term, Term)? FactorConcat(Term concat, Size inner, PinReason reason)
    {
        var parts = Arena.Parts(concat);
        if (!parts.All(p => inner.Divides(Arena.SizeOf(p)))) return null;
        var outers = new List<Term>();
        Term? shared = null;
        foreach (var part in parts)
        {
            if (Factor(part, inner, reason) is not var (outerPart, innerPart)) return null;
            outers.Add(outerPart);
            if (shared is { } first) Unify(first, innerPart, reason);
            else shared = innerPart;
        }
        return (Arena.Concat(outers.Select(Substitution.Resolve)), Substitution.Resolve(shared!.Value));
    }
}
