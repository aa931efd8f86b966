using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>The context of a layout rule: one node, the layouts of its inputs, and the operations on layouts.</summary>
public sealed class CouplingContext
{
    private readonly LayoutInference inference;
    private PinReason? agree;

    internal CouplingContext(LayoutInference inference, Node node)
    {
        this.inference = inference;
        Node = node;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    private TermArena Arena => inference.Unifier.Arena;

    /// <summary>True if the node has an input in this slot.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input] is not null;

    /// <summary>The layout of an input.</summary>
    public Axes<Term> Input(int input) => Has(input)
        ? new(Node, inference.LayoutOf(Node.Inputs[input]!)!)
        : throw InfeasibleShapeException.Lacks(Node, input);

    /// <summary>The inferred type and contents of an input.</summary>
    public TensorType InputType(int input) => Has(input) ? inference.Shapes.Operand(Node, input) : TensorType.Unknown;

    /// <summary>The inferred shape of an input.</summary>
    public Axes<Size> InputShape(int input) => new(Node, InputType(input).Shape ?? throw InfeasibleShapeException.Lacks(Node, input));

    /// <summary>The integers in a constant input, or null.</summary>
    public long[]? Constants(int input) => InputType(input).Content?.ToConstants();

    /// <summary>A list that is an attribute in old opsets and an input in new opsets.</summary>
    public long[]? ConstantsOrAttribute(int input, string attribute) => Has(input) ? Constants(input) : Node.Ints(attribute);

    /// <summary>The shape of an output as the rule of its operator infers it.</summary>
    public Axes<Size> OutputShape(int output) => new(Node, inference.Shapes.InferredShape(Node.OutputAt(output))!);

    /// <summary>The layout that was set for an output.</summary>
    public Axes<Term> OutputLayout(int output) => new(Node, inference.LayoutOf(Node.OutputAt(output))!);

    /// <summary>Sets the layout of an output.</summary>
    public void Output(int output, IReadOnlyList<Term> layout)
    {
        if (output < Node.Outputs.Length && Node.Outputs[output] is { } value) inference.SetLayout(value, layout, Node);
    }

    /// <summary>Applies a notation; <paramref name="sizes"/> gives the sizes of names that do not follow from the axes.</summary>
    public IReadOnlyDictionary<string, Term> Rule(Notation notation, params (string Name, long Size)[] sizes) =>
        Rule(notation, [.. Enumerable.Range(0, notation.Inputs.Count)], sizes);

    /// <summary>Applies a notation to the inputs in <paramref name="slots"/>.</summary>
    public IReadOnlyDictionary<string, Term> Rule(Notation notation, IReadOnlyList<int> slots, params (string Name, long Size)[] sizes) =>
        NotationRule.Apply(this, notation, slots, sizes.Select(s => (s.Name, Size.Of(s.Size))));

    /// <summary>Stores a term under a name. Rewriting reads the term.</summary>
    public void Record(string name, Term term) => inference.Record(Node, name, term);

    /// <summary>Sets the role of a layout's indices, which determines the kind of their group.</summary>
    public void Role(Term term, AxisRole role) => inference.AddRole(term, role);

    /// <summary>The number of indices of a layout.</summary>
    public Size SizeOf(Term term) => Arena.SizeOf(term);

    /// <summary>Makes two layouts equal.</summary>
    public void Unify(Term a, Term b) => inference.Equate(a, b, UnknownSize(a) ?? UnknownSize(b) ?? (agree ??= Reason("both sides must agree")));

    /// <summary>Pins a layout: all of its indices are kept.</summary>
    public void Pin(Term term, string why) => inference.Unifier.Substitution.Pin(term, Reason(why));

    /// <summary>Pins several layouts: all of their indices are kept.</summary>
    public void Pin(IEnumerable<Term> layout, string why)
    {
        foreach (var term in layout) Pin(term, why);
    }

    /// <summary>Pins all inputs and outputs of this node.</summary>
    public void PinAll(string why) => inference.PinNode(Node, Reason(why));

    /// <summary>The concatenation of several layouts.</summary>
    public Term Concat(params IEnumerable<Term> parts) => Arena.Concat(parts.Select(inference.Unifier.Substitution.Resolve));

    /// <summary>A row-major product of layouts, outermost factor first.</summary>
    public Term Product(params IEnumerable<Term> factors) => Arena.Product(factors.Select(inference.Unifier.Substitution.Resolve));

    /// <summary>A new variable.</summary>
    public Term Fresh(Size size) => Arena.Leaf(NotNegative(size));

    /// <summary>A layout whose indices are never removed.</summary>
    public Term Fixed(Size size, string why = "") => Arena.Fixed(NotNegative(size), why.Length == 0 ? PinReason.None : Reason(why));

    /// <summary>Splits a layout at these positions, in ascending order. There is one more piece than positions.</summary>
    public IReadOnlyList<Term> Split(Term term, params IEnumerable<Size> positions)
    {
        var pieces = new List<Term>();
        var rest = term;
        var start = Size.Zero;
        foreach (var position in positions)
        {
            (var head, rest) = inference.Unifier.Split(rest, position - start, Reason("cut into pieces"));
            pieces.Add(head);
            start = position;
        }
        pieces.Add(rest);
        inference.Equate(term, Concat(pieces), Reason("cut into pieces"));
        return pieces;
    }

    /// <summary>The layout of these indices of a layout, which differ from each other, in this order.</summary>
    internal Term Take(Term term, IReadOnlyList<int> indices)
    {
        int size = (int)SizeOf(term).Value;
        if (IndexOrder.IsRun(indices)) return Split(term, Size.Of(indices[0]), Size.Of(indices[0] + indices.Count))[1];
        var taken = indices.ToHashSet();
        var all = Arena.Permuted(inference.Unifier.Substitution.Resolve(term), [.. indices, .. Enumerable.Range(0, size).Where(i => !taken.Contains(i))]);
        return indices.Count == size ? all : Split(all, Size.Of(indices.Count))[0];
    }

    /// <summary>The layout with its indices in reverse order.</summary>
    internal Term Reversed(Term term) => IsFixed(term) ? term : Take(term, [.. Enumerable.Range(0, (int)SizeOf(term).Value).Reverse()]);

    /// <summary>True if nothing can be removed from a layout, or if its indices cannot be listed: its size is not concrete, or too large.</summary>
    internal bool IsFixed(Term term) => !SizeOf(term).IsConcrete || !SizeOf(term).AtMost(Size.Of(Size.MostListed)) || inference.Unifier.Substitution.Leaves(term).Count == 0;

    /// <summary>Splits a layout into <c>outer * inner</c>; null if the layout does not have these factors.</summary>
    public (Term Outer, Term Inner)? Factor(Term term, Size inner) => inference.Unifier.Factor(term, inner, Reason("cut into factors"));

    /// <summary>The layout of a reshape of <paramref name="layout"/> to <paramref name="shape"/>.</summary>
    public IReadOnlyList<Term> Reshape(IReadOnlyList<Term> layout, IReadOnlyList<Size> shape) => ReshapeBlocks.Couple(this, layout, shape);

    /// <summary>The layout that these layouts broadcast to: axes of size 1 are ignored, the other axes become equal.</summary>
    public IReadOnlyList<Term> Broadcast(params IReadOnlyList<IReadOnlyList<Term>> layouts)
    {
        int rank = layouts.Max(l => l.Count);
        return Enumerable.Range(-rank, rank).Select(i => BroadcastAxis(layouts.Where(l => l.Count + i >= 0).Select(l => l[l.Count + i]))).ToList();
    }

    private Term BroadcastAxis(IEnumerable<Term> terms)
    {
        var large = terms.Where(t => !SizeOf(t).IsOne).ToList();
        foreach (var other in large.Skip(1)) Unify(large[0], other);
        return large.Where(t => SizeOf(t) is { IsKnown: true, DependsOnData: false }).Concat(large).Append(Fixed(Size.One)).First();
    }

    // Two sides can be shown to agree only where their sizes are known: what is wrong is the unknown size, not that they disagree.
    private PinReason? UnknownSize(Term term)
    {
        if (SizeOf(term).IsCounted) return null;
        foreach (var value in Node.Inputs.OfType<Value>())
        {
            int axis = (inference.LayoutOf(value) ?? []).TakeWhile(t => t != term).Count();
            if (axis < inference.LayoutOf(value)?.Count) return Reason($"the size of axis {axis} of '{value.Name}', which must agree with another, is not known");
        }
        return Reason("both sides must agree, and the size of one of them is not known");
    }

    // Attributes give sizes, too, and may say anything.
    private Size NotNegative(Size size) => size.IsNegative ? throw new InfeasibleShapeException($"{Node.Label}: an axis of {size}") : size;

    private PinReason Reason(string why) => new(Node.OpType, Node.Label, why);
}
