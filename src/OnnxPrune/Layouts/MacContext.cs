using OnnxPrune.Model;

namespace OnnxPrune.Layouts;

/// <summary>What an operator says of its cost: multiply-accumulate operations as a sum of products of axes.</summary>
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

    /// <summary>The products stated so far; the cost is their sum.</summary>
    public IReadOnlyList<IReadOnlyList<Term>> Products => products;

    /// <summary>The layout of an input.</summary>
    public IReadOnlyList<Term> Input(int input) => layouts.LayoutOf(Node.Inputs[input]!) ?? [];

    /// <summary>The layout of an output.</summary>
    public IReadOnlyList<Term> Output(int output) => layouts.LayoutOf(Node.Outputs[output]!) ?? [];

    /// <summary>Adds one product of axis sizes.</summary>
    public void Add(params IEnumerable<Term> axes) => products.Add(axes.ToList());
}
