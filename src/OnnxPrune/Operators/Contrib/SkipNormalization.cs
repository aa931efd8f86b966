using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.SkipLayerNormalization and SkipSimplifiedLayerNormalization: input, skip and bias are added, and the last axis is
/// normalised; the sum is the fourth output.
/// </summary>
/// <param name="hasBeta">True where a shift follows the scale: not in the simplified form.</param>
internal sealed class SkipNormalization(bool hasBeta) : Operator
{
    private const int Scale = 2;

    private readonly int shift = hasBeta ? 3 : -1;
    private readonly int bias = hasBeta ? 4 : 3;

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        var type = c.Input(0).Type;
        if (c.Shape(1).Length > x.Length || x.Length == 0) c.Infeasible($"a skip of rank {c.Shape(1).Length} beside an input of rank {x.Length}");
        Size[] sum = Broadcasting.Of([x, c.Shape(1)]), statistics = [.. sum[..^1], Size.One];
        c.Output(0, type, sum);
        c.Output(1, type, statistics);
        c.Output(2, type, statistics);
        c.Output(3, type, sum);
    }

    public override void Couple(CouplingContext c)
    {
        var sum = c.Broadcast(c.Input(0), c.Input(1));
        for (int input = Scale; input < c.Node.Inputs.Length; input++) if (c.Has(input)) c.Broadcast(sum, c.Input(input));
        Term[] statistics = [.. sum.SkipLast(1), c.Fixed(Size.One)];
        c.Output(0, sum);
        c.Output(1, statistics);
        c.Output(2, statistics);
        c.Output(3, sum);
    }

    public override void FlowZeros(ZeroContext c)
    {
        int rank = c.Layout(0).Count, last = rank - 1;
        c.Contract(c.Layout(0)[last], exact: false, "normalises over this axis");
        bool scaled = c.Input(Scale)[^1] && (shift < 0 || !c.Has(shift) || c.Input(shift)[^1]);
        c.Output(0, Enumerable.Range(0, rank).Select(axis => axis == last && scaled));
        bool added = c.Input(0)[last] && c.Aligned(1, last, rank) == true && (!c.Has(bias) || c.Input(bias)[^1]);
        c.Output(3, Enumerable.Range(0, rank).Select(axis => axis == last && added));
    }
}
