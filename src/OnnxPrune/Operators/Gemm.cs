using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Gemm: alpha·A·B + beta·C, each of A and B possibly transposed, C broadcast to the result.</summary>
internal sealed class Gemm : Operator
{
    public override bool AcceptsUnknownRanks => true;

    public override void InferShapes(ShapeContext c)
    {
        c.AssumeRank(0, 2);
        var (a, b) = (c.Shape(0), c.Shape(1));
        if (a.Length != 2 || b.Length != 2) c.Infeasible($"operands of rank {a.Length} and {b.Length}");
        bool transA = IsTransposed(c.Node, "transA"), transB = IsTransposed(c.Node, "transB");
        if (!a[transA ? 0 : 1].Same(b[transB ? 1 : 0]) && a[transA ? 0 : 1].IsKnown)
            c.Infeasible("the inner sizes differ", a[transA ? 0 : 1], b[transB ? 1 : 0]);
        Size[] product = [a[transA ? 1 : 0], b[transB ? 0 : 1]];
        if (c.Has(2) && c.Input(2).Shape is { } added && !Fits(added, product))
            c.Infeasible($"adds {string.Join(',', added)} to {string.Join(',', product)}");
        c.Output(product);
    }

    public override void Couple(CouplingContext c)
    {
        int inner = IsTransposed(c.Node, "transA") ? 0 : 1, column = IsTransposed(c.Node, "transB") ? 0 : 1;
        c.Unify(c.Input(0)[inner], c.Input(1)[1 - column]);
        Term[] product = [c.Input(0)[1 - inner], c.Input(1)[column]];
        c.Output(0, c.Has(2) ? c.Broadcast(product, c.Input(2)) : product);
    }

    public override void FlowZeros(ZeroContext c)
    {
        int inner = IsTransposed(c.Node, "transA") ? 0 : 1, column = IsTransposed(c.Node, "transB") ? 0 : 1;
        c.Contract(c.Layout(0)[inner], c.Input(0)[inner] || c.Input(1)[1 - column], "sums over features that are not zero");
        bool row = c.Input(0)[1 - inner] && (!c.Has(2) || c.Aligned(2, 0, 2) == true);
        bool col = c.Input(1)[column] && (!c.Has(2) || c.Aligned(2, 1, 2) == true);
        c.Output(0, row, col);
    }

    public override void CountMacs(MacContext c) =>
        c.Add(c.Output(0).Append(c.Input(0)[IsTransposed(c.Node, "transA") ? 0 : 1]));

    public override LinearView? LinearOf(Node node)
    {
        if (IsTransposed(node, "transA") || node.Float("alpha", 1) != 1 || node.Float("beta", 1) != 1) return null;
        int outputs = IsTransposed(node, "transB") ? 0 : 1;
        return new() { Bias = 2, OutputsAxis = outputs, InputsAxis = 1 - outputs, ChannelAxis = -1 };
    }

    // C is spread over the product, never the product over C.
    private static bool Fits(Size[] added, Size[] product) => added.Length <= 2
        && added.Reverse().Zip(product.Reverse()).All(p => p.First.IsOne || p.First.Same(p.Second) || !p.First.IsKnown || !p.Second.IsKnown);

    private static bool IsTransposed(Node node, string attribute) => node.Int(attribute, 0) != 0;
}
