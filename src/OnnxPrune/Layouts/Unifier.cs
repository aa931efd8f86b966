using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Makes layouts equal, as Hindley–Milner makes types equal. Where two terms cannot be shown to cut the indices the same way,
/// every variable involved is pinned: pinned is sound, a guess is not. Names no operator.
/// </summary>
internal sealed partial class Unifier
{
    /// <summary>Pieces that one original variable may be cut into before it is pinned instead.</summary>
    public const int MostPieces = 100;

    private readonly Dictionary<Term, Term> originals = [];
    private readonly Dictionary<Term, int> pieces = [];

    /// <summary>Creates a unifier with an empty arena.</summary>
    public Unifier()
    {
        Arena = new TermArena();
        Substitution = new Substitution(Arena);
    }

    /// <summary>The terms.</summary>
    public TermArena Arena { get; }

    /// <summary>What the variables are known to be.</summary>
    public Substitution Substitution { get; }

    /// <summary>Makes <paramref name="a"/> and <paramref name="b"/> the same layout; <paramref name="reason"/> is kept where that pins.</summary>
    public void Unify(Term a, Term b, PinReason reason)
    {
        a = Substitution.Resolve(a);
        b = Substitution.Resolve(b);
        if (Arena.Same(a, b)) return;
        if (!Arena.SizeOf(a).Same(Arena.SizeOf(b))) PinBoth(a, b, reason, Arena.SizeOf(a).IsCounted && Arena.SizeOf(b).IsCounted ? "the sizes differ" : "");
        else if (Arena.Kind(a) == TermKind.Fixed) Substitution.Pin(b, Stronger(a, reason));
        else if (Arena.Kind(b) == TermKind.Fixed) Substitution.Pin(a, Stronger(b, reason));
        else if (Arena.Kind(a) == TermKind.Leaf && !Reorders(b, a)) Substitution.Bind(a, b);
        else if (Arena.Kind(b) == TermKind.Leaf && !Reorders(a, b)) Substitution.Bind(b, a);
        else if (Arena.Kind(a) == TermKind.Permuted || Arena.Kind(b) == TermKind.Permuted) UnifyPermuted(a, b, reason);
        else if (Arena.Kind(a) == TermKind.Product && Arena.Kind(b) == TermKind.Product) UnifyProducts(a, b, reason);
        else UnifyParts(a, b, reason);
    }

    // Indices that are fixed by the arithmetic of an operator have no reason of their own; the node that meets them gives the reason.
    private PinReason Stronger(Term pinned, PinReason otherwise) =>
        Arena.Reason(pinned).Why.Length > 0 ? Arena.Reason(pinned) : Because(otherwise, "a size there is part of the arithmetic");

    private void PinBoth(Term a, Term b, PinReason reason, string why)
    {
        Substitution.Pin(a, Because(reason, why));
        Substitution.Pin(b, Because(reason, why));
    }

    private static PinReason Because(PinReason reason, string why) => why.Length == 0 ? reason : reason with { Why = reason.Why.Length > 0 ? $"{reason.Why} ({why})" : why };

    // Common refinement of the factors' boundaries, from the innermost factor outward.
    private void UnifyProducts(Term a, Term b, PinReason reason)
    {
        if (Refine([.. Arena.Parts(a)], [.. Arena.Parts(b)], reason)) return;
        a = Substitution.Resolve(a);
        b = Substitution.Resolve(b);
        if (Arena.Kind(a) == TermKind.Product && Arena.Kind(b) == TermKind.Product) PinBoth(a, b, reason, "the factors do not nest");
        else Unify(a, b, reason);
    }

    private bool Refine(List<Term> a, List<Term> b, PinReason reason)
    {
        if (!IsChain(Suffixes(a), Suffixes(b))) return false;
        while (a.Count > 0 && b.Count > 0)
        {
            var x = Pop(a);
            var y = Pop(b);
            var (sizeX, sizeY) = (Arena.SizeOf(x), Arena.SizeOf(y));
            if (sizeX.Same(sizeY))
            {
                Unify(x, y, reason);
                continue;
            }
            var (large, small, rest) = sizeY.Divides(sizeX) ? (x, y, a) : (y, x, b);
            if (Factor(large, Arena.SizeOf(small), reason) is not var (outer, inner)) return false;
            Unify(inner, small, reason);
            rest.Add(outer);
        }
        return true;
    }

    private Term Pop(List<Term> factors)
    {
        var last = factors[^1];
        factors.RemoveAt(factors.Count - 1);
        return Substitution.Resolve(last);
    }

    private List<Size> Suffixes(List<Term> factors)
    {
        var suffixes = new List<Size>();
        var product = Size.One;
        for (int i = factors.Count - 1; i >= 0; i--) suffixes.Add(product *= Arena.SizeOf(factors[i]));
        return suffixes;
    }

    // Merges two ascending chains of boundaries; they refine each other if the merged list is a chain of divisors.
    private static bool IsChain(List<Size> a, List<Size> b)
    {
        var last = Size.One;
        for (int i = 0, j = 0; i < a.Count || j < b.Count;)
        {
            var next = j == b.Count || (i < a.Count && a[i].AtMost(b[j])) ? a[i++] : b[j++];
            if (!last.Divides(next)) return false;
            last = next;
        }
        return true;
    }

    // Walks two lists of parts, splitting the longer of each pair at the shorter's end.
    private void UnifyParts(Term a, Term b, PinReason reason)
    {
        var left = new Stack<Term>([a]);
        var right = new Stack<Term>([b]);
        while (left.Count > 0 && right.Count > 0)
        {
            if (Opened(left) is not { } x || Opened(right) is not { } y) continue;
            var (sizeX, sizeY) = (Arena.SizeOf(x), Arena.SizeOf(y));
            if (sizeY.Below(sizeX)) x = SplitOff(left, x, sizeY, reason);
            else if (sizeX.Below(sizeY)) y = SplitOff(right, y, sizeX, reason);
            else if (!sizeX.Same(sizeY))
            {
                PinBoth(a, b, reason, "the boundaries move with a symbolic dimension");
                return;
            }
            left.Pop();
            right.Pop();
            Unify(x, y, reason);
        }
    }

    // The next part, or null after a Concat has been replaced by its parts.
    private Term? Opened(Stack<Term> parts)
    {
        var next = Substitution.Resolve(parts.Peek());
        if (Arena.Kind(next) != TermKind.Concat) return next;
        parts.Pop();
        foreach (var part in Arena.Parts(next).Reverse()) parts.Push(part);
        return null;
    }

    private Term SplitOff(Stack<Term> parts, Term part, Size at, PinReason reason)
    {
        parts.Pop();
        var (head, tail) = Split(part, at, reason);
        parts.Push(tail);
        parts.Push(head);
        return head;
    }
}
