using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <content>
/// Layouts whose indices are in another order. Where their structure does not show how they fit, they are compared index by index: indices that must
/// leave together become one index of a new variable. A variable that is added to itself in another order so becomes one index per cycle.
/// </content>
internal sealed partial class Unifier
{
    // True if b has the indices of the variable a in another order.
    private bool Reorders(Term b, Term a) => Arena.Kind(b) == TermKind.Permuted && Arena.Parts(b)[0] == a;

    private void UnifyPermuted(Term a, Term b, PinReason reason)
    {
        if (BindInside(a, b) || BindInside(b, a) || UnifyIndices(a, b, reason) || UnifyMoved(a, b, reason) || UnifyMoved(b, a, reason)) return;
        if (Transposed(a, reason) is { } left) Unify(left, b, reason);
        else if (Transposed(b, reason) is { } right) Unify(a, right, reason);
        else PinBoth(a, b, reason, "the orders of the indices do not nest");
    }

    // A variable in another order is b, so the variable is b in the inverse order.
    private bool BindInside(Term a, Term b)
    {
        if (Arena.Kind(a) != TermKind.Permuted || Arena.Kind(Arena.Parts(a)[0]) != TermKind.Leaf) return false;
        var variable = Arena.Parts(a)[0];
        if (b == variable || Reorders(b, variable)) return false;
        Substitution.Bind(variable, Arena.Permuted(b, IndexOrder.Inverse(Arena.Order(a))));
        return true;
    }

    // The other side may take the order where this side cannot.
    private bool UnifyMoved(Term a, Term b, PinReason reason)
    {
        if (Arena.Kind(a) != TermKind.Permuted) return false;
        var moved = Arena.Permuted(b, IndexOrder.Inverse(Arena.Order(a)));
        if (Arena.Kind(moved) == TermKind.Permuted) return false;
        Unify(Arena.Parts(a)[0], moved, reason);
        return true;
    }

    // A layout that an order transposes, as factors in the other order.
    private Term? Transposed(Term term, PinReason reason)
    {
        if (Arena.Kind(term) != TermKind.Permuted || IndexOrder.Transposition(Arena.Order(term)) is not var (_, columns, block)) return null;
        if (Factor(Arena.Parts(term)[0], Size.Of(block), reason) is not var (blocks, inner)) return null;
        if (Factor(blocks, Size.Of(columns), reason) is not var (outer, next)) return null;
        return Arena.Product(new[] { next, outer, inner }.Select(Substitution.Resolve));
    }

    private bool UnifyIndices(Term a, Term b, PinReason reason)
    {
        var atoms = new LayoutAtoms(Arena);
        if (atoms.Of(a) is not { } left || atoms.Of(b) is not { } right) return false;
        bool differ = false;
        for (int i = 0; i < left.Length; i++) differ |= atoms.Join(left[i], right[i]);
        return !differ || Regroup(atoms, [], Substitution.Pins(a).Concat(Substitution.Pins(b)).FirstOrDefault(pin => pin.Why.Length > 0) ?? reason) is not null;
    }

    private (Term, Term) SplitPermuted(Term permuted, Size at, PinReason reason)
    {
        if (Arena.Kind(Arena.Parts(permuted)[0]) == TermKind.Leaf && at.IsConcrete)
        {
            var variable = Arena.Parts(permuted)[0];
            var whole = Arena.Leaf(Arena.SizeOf(variable));
            originals[whole] = originals.GetValueOrDefault(variable, variable);
            Substitution.Bind(variable, Arena.Permuted(whole, IndexOrder.Inverse(Arena.Order(permuted))));
            return SplitLeaf(whole, at, reason);
        }
        var atoms = new LayoutAtoms(Arena);
        if (at.IsConcrete && atoms.Of(permuted) is { } indices && Regroup(atoms, [indices[..(int)at.Value], indices[(int)at.Value..]], reason) is [var head, var tail])
            return (head, tail);
        Substitution.Pin(permuted, reason with { Why = "a boundary lies inside indices in another order" });
        return Split(permuted, at, reason);
    }

    private (Term, Term)? FactorPermuted(Term permuted, Size inner, PinReason reason)
    {
        var (term, order) = (Arena.Parts(permuted)[0], Arena.Order(permuted));
        if (inner.IsConcrete && IndexOrder.Split(order, (int)inner.Value) is var (outside, inside))
        {
            return Factor(term, inner, reason) is var (outer, own)
                ? (Arena.Permuted(Substitution.Resolve(outer), outside), Arena.Permuted(Substitution.Resolve(own), inside))
                : null;
        }
        if (Arena.Kind(term) == TermKind.Leaf && inner.IsConcrete)
        {
            var (outerLeaf, innerLeaf) = (Arena.Leaf(Arena.SizeOf(term) / inner), Arena.Leaf(inner));
            Substitution.Bind(term, Arena.Permuted(Arena.Product(outerLeaf, innerLeaf), IndexOrder.Inverse(order)));
            return (outerLeaf, innerLeaf);
        }
        return Transposed(permuted, reason) is { } transposed ? Factor(transposed, inner, reason) : null;
    }

    // New variables for the atoms: those that are equal are one index, and indices are of one variable if they occur equally often in every
    // variable so far and in every sequence. Returns the layouts of the sequences; null, after pinning, where that makes too many variables.
    private List<Term>? Regroup(LayoutAtoms atoms, IReadOnlyList<int[]> sequences, PinReason reason)
    {
        var variables = atoms.Variables.ToList();
        var regrouping = new Regrouping(Arena, atoms, [.. variables.Select(v => atoms.Of(v)!), .. sequences]);
        var original = originals.GetValueOrDefault(variables[0], variables[0]);
        int count = pieces[original] = pieces.GetValueOrDefault(original, 1) + Math.Max(0, regrouping.Count - variables.Count);
        if (count > MostPieces)
        {
            foreach (var variable in variables) Substitution.Pin(variable, reason with { Why = "too many pieces" });
            return sequences.Count == 0 ? [] : null;
        }
        var layouts = regrouping.Layouts(reason);
        foreach (var variable in regrouping.Fresh) originals[variable] = original;
        for (int i = 0; i < variables.Count; i++) Substitution.Bind(variables[i], layouts[i]);
        return [.. layouts.Skip(variables.Count)];
    }
}
