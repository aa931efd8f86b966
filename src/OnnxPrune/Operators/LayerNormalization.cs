using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>LayerNormalization: the normalised axes couple with scale and bias; removing their indices changes mean and variance.</summary>
internal sealed class LayerNormalization : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), x.Length);
        c.Output(x);
        Size[] statistics = [.. x[..axis], .. x[axis..].Select(_ => Size.One)];
        c.Output(1, c.Input(0).Type, statistics);
        c.Output(2, c.Input(0).Type, statistics);
    }

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), x.Count);
        for (int input = 1; input < c.Node.Inputs.Length; input++) if (c.Has(input)) c.Broadcast(x, c.Input(input));
        c.Output(0, x);
        Term[] statistics = [.. x.Take(axis), .. x.Skip(axis).Select(_ => c.Fixed(Size.One))];
        c.Output(1, statistics);
        c.Output(2, statistics);
    }

    public override void FlowZeros(ZeroContext c)
    {
        var x = c.Layout(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), x.Count);
        foreach (var term in x.Skip(axis)) c.Contract(term, exact: false, "normalises over this axis");
        c.Output(0, x.Select((_, i) => i >= axis && c.Aligned(1, i, x.Count) == true && (!c.Has(2) || c.Aligned(2, i, x.Count) == true)));
    }
}
