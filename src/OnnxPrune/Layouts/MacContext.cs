using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>The context in which an operator states its cost: multiply-accumulate operations as a sum of products of axes.</summary>
public sealed class MacContext
{
    private readonly LayoutInference layouts;
    private readonly List<IReadOnlyList<Term>> products = [];

    internal MacContext(LayoutInference layouts, Node node)
    {
        this.layouts = layouts;
        Node = node;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>The products so far; the cost is their sum.</summary>
    public IReadOnlyList<IReadOnlyList<Term>> Products => products;

    /// <summary>The layout of an input.</summary>
    public Axes<Term> Input(int input) => input < Node.Inputs.Length && Node.Inputs[input] is { } value
        ? new(Node, layouts.LayoutOf(value) ?? [])
        : throw InfeasibleShapeException.Lacks(Node, input);

    /// <summary>The layout of an output.</summary>
    public Axes<Term> Output(int output) => new(Node, layouts.LayoutOf(Node.OutputAt(output)) ?? []);

    /// <summary>A term that the layout rule recorded.</summary>
    public Term Recorded(string name) => layouts.Recorded(Node, name);

    /// <summary>The size of a term before pruning.</summary>
    public Size SizeOf(Term term) => layouts.Unifier.Arena.SizeOf(term);

    /// <summary>A factor that does not depend on layouts.</summary>
    public Term Constant(Size size) => layouts.Unifier.Arena.Fixed(size, PinReason.None);

    /// <summary>Adds one product of axis sizes.</summary>
    public void Add(params IEnumerable<Term> axes) => products.Add(axes.ToList());
}
