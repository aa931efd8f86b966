using OnnxPrune.Shapes;

namespace OnnxPrune.Layouts;

/// <summary>
/// Holds layout terms in normal form. Concat is flat, has no empty parts and no two adjacent Fixed, and equal neighbours are
/// run-length coded as <c>Product(Fixed k, t)</c>. Product is flat, has no factor of size 1, no two adjacent Fixed, and its
/// outermost factor is never a Concat, over which it distributes exactly. Permuted is as far inside as its order allows: it is never around Fixed or
/// another Permuted, nor around parts or factors that stay whole. Two terms denote the same indices if they are equal.
/// </summary>
internal sealed class TermArena
{
    private readonly List<Node> nodes = [];

    /// <summary>Number of terms made so far.</summary>
    public int Count => nodes.Count;

    /// <summary>The kind of a term.</summary>
    public TermKind Kind(Term term) => nodes[term.Id].Kind;

    /// <summary>How many indices a term has.</summary>
    public Size SizeOf(Term term) => nodes[term.Id].Size;

    /// <summary>The parts of a Concat, the factors of a Product, or the one term of a Permuted; empty for the others.</summary>
    public IReadOnlyList<Term> Parts(Term term) => nodes[term.Id].Parts;

    /// <summary>Why a Fixed term is fixed.</summary>
    public PinReason Reason(Term term) => nodes[term.Id].Reason;

    /// <summary>The order of a Permuted: index j of it is index <c>order[j]</c> of its term. Do not change the array.</summary>
    public int[] Order(Term term) => nodes[term.Id].Order!;

    /// <summary>Indices that are never removed.</summary>
    public Term Fixed(Size size, PinReason reason) => Add(new Node(TermKind.Fixed, size, [], reason));

    /// <summary>
    /// A fresh variable; Fixed instead where the size is 1 (which settles broadcasting and keeps substitution acyclic), where there is
    /// nothing to remove, or where the size varies with a symbolic dimension.
    /// </summary>
    public Term Leaf(Size size)
    {
        if (size.IsOne || size.Same(Size.Zero)) return Fixed(size, PinReason.None);
        if (!size.IsConcrete)
            return Fixed(size, new PinReason("", "", size.IsKnown ? "the size varies with a symbolic dimension" : "the size is unknown"));
        return Add(new Node(TermKind.Leaf, size, [], PinReason.None));
    }

    /// <summary>One after the other.</summary>
    public Term Concat(params IEnumerable<Term> parts)
    {
        var flat = new List<Term>();
        foreach (var part in parts)
        {
            if (Kind(part) != TermKind.Concat) Append(flat, part);
            else foreach (var inner in Parts(part)) Append(flat, inner);
        }
        return flat.Count switch
        {
            0 => Fixed(Size.Zero, PinReason.None),
            1 => flat[0],
            _ => Add(new Node(TermKind.Concat, Sum(flat), [.. flat], PinReason.None)),
        };
    }

    /// <summary>A row-major nest, outermost first.</summary>
    public Term Product(params IEnumerable<Term> factors)
    {
        var flat = new List<Term>();
        foreach (var factor in factors)
        {
            if (Kind(factor) != TermKind.Product) Multiply(flat, factor);
            else foreach (var inner in Parts(factor)) Multiply(flat, inner);
        }
        if (flat.Count == 0) return Fixed(Size.One, PinReason.None);
        if (flat.Count == 1) return flat[0];
        if (Kind(flat[0]) == TermKind.Concat) return Concat(Parts(flat[0]).Select(part => Product(flat.Skip(1).Prepend(part))));
        return Add(new Node(TermKind.Product, Size.Product(flat.Select(SizeOf)), [.. flat], PinReason.None));
    }

    /// <summary>The indices of a term in another order: index j of the result is index <c>order[j]</c> of the term, whose size is concrete.</summary>
    public Term Permuted(Term term, int[] order)
    {
        if (Kind(term) == TermKind.Permuted) return Permuted(Parts(term)[0], IndexOrder.Compose(Order(term), order));
        if (Kind(term) == TermKind.Fixed || IndexOrder.IsIdentity(order)) return term;
        if (Kind(term) == TermKind.Concat && PermutedParts(term, order) is { } parts) return Concat(parts);
        if (Kind(term) == TermKind.Product && PermutedFactors(Parts(term), order) is { } factors) return Product(factors);
        return Add(new Node(TermKind.Permuted, SizeOf(term), [term], PinReason.None, order));
    }

    // Parts that stay whole, in any order, each with its own indices reordered; null where the order mixes parts.
    private List<Term>? PermutedParts(Term concat, int[] order)
    {
        var parts = Parts(concat);
        int[] starts = [.. parts.Select(p => (int)SizeOf(p).Value)];
        for (int i = 0, start = 0; i < starts.Length; i++) (starts[i], start) = (start, start + starts[i]);
        var result = new List<Term>();
        for (int at = 0; at < order.Length;)
        {
            int part = Array.BinarySearch(starts, order[at]) is >= 0 and var found ? found : ~Array.BinarySearch(starts, order[at]) - 1;
            int size = (int)SizeOf(parts[part]).Value;
            if (at + size > order.Length) return null;
            int[] own = [.. order.AsSpan(at, size)];
            for (int i = 0; i < size; i++) if ((own[i] -= starts[part]) < 0 || own[i] >= size) return null;
            result.Add(Permuted(parts[part], own));
            at += size;
        }
        return result;
    }

    // Outer and inner factors that are reordered by themselves; null where the order mixes all factors.
    private Term[]? PermutedFactors(IReadOnlyList<Term> factors, int[] order)
    {
        int inner = 1;
        for (int at = factors.Count - 1; at > 0; at--)
        {
            inner *= (int)SizeOf(factors[at]).Value;
            if (IndexOrder.Split(order, inner) is var (outside, inside))
                return [Permuted(Product(factors.Take(at)), outside), Permuted(Product(factors.Skip(at)), inside)];
        }
        return null;
    }

    /// <summary>Structural equality: the same variables in the same nest.</summary>
    public bool Same(Term a, Term b)
    {
        if (a == b) return true;
        var (x, y) = (nodes[a.Id], nodes[b.Id]);
        if (x.Kind != y.Kind || x.Kind == TermKind.Leaf || !x.Size.Same(y.Size)) return false;
        if (x.Kind == TermKind.Permuted && !x.Order.AsSpan().SequenceEqual(y.Order)) return false;
        return x.Kind == TermKind.Fixed || Same(x.Parts, y.Parts);
    }

    private bool Same(IReadOnlyList<Term> a, IReadOnlyList<Term> b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++) if (!Same(a[i], b[i])) return false;
        return true;
    }

    private void Append(List<Term> parts, Term part)
    {
        if (SizeOf(part).Same(Size.Zero)) return;
        if (parts.Count > 0 && Merged(parts[^1], part) is { } merged) parts[^1] = merged;
        else parts.Add(part);
    }

    private Term? Merged(Term left, Term right)
    {
        bool leftFixed = Kind(left) == TermKind.Fixed;
        if (leftFixed != (Kind(right) == TermKind.Fixed)) return null;
        if (leftFixed) return Fixed(SizeOf(left) + SizeOf(right), First(Reason(left), Reason(right)));
        var (leftRun, leftCore) = Run(left);
        var (rightRun, rightCore) = Run(right);
        if (!Same(leftCore, rightCore)) return null;
        return Product(leftCore.Prepend(Fixed(leftRun + rightRun, PinReason.None)));
    }

    // A run is Product(Fixed k, core…): how often, and what.
    private (Size Run, IReadOnlyList<Term> Core) Run(Term term)
    {
        if (Kind(term) != TermKind.Product) return (Size.One, [term]);
        var parts = Parts(term);
        return Kind(parts[0]) == TermKind.Fixed ? (SizeOf(parts[0]), parts.Skip(1).ToArray()) : (Size.One, parts);
    }

    private void Multiply(List<Term> factors, Term factor)
    {
        if (SizeOf(factor).IsOne) return;
        if (factors.Count > 0 && Kind(factors[^1]) == TermKind.Fixed && Kind(factor) == TermKind.Fixed)
            factors[^1] = Fixed(SizeOf(factors[^1]) * SizeOf(factor), First(Reason(factors[^1]), Reason(factor)));
        else factors.Add(factor);
    }

    private Size Sum(List<Term> parts) => parts.Aggregate(Size.Zero, (n, p) => n + SizeOf(p));

    private static PinReason First(PinReason a, PinReason b) => a.Why.Length > 0 ? a : b;

    private Term Add(Node node)
    {
        nodes.Add(node);
        return new Term(nodes.Count - 1);
    }

    private readonly record struct Node(TermKind Kind, Size Size, IReadOnlyList<Term> Parts, PinReason Reason, int[]? Order = null);
}
