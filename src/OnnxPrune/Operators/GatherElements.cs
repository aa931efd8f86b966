using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>GatherElements: the data axis is pinned; beside it, indices run along with the data where they cover it.</summary>
internal sealed class GatherElements : Operator
{
    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(1));

    public override void Couple(CouplingContext c)
    {
        var (x, indices) = (c.Input(0), c.Input(1));
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        c.Pin(x[axis], "indices name its positions");
        for (int i = 0; i < x.Count; i++) if (i != axis) c.Unify(x[i], indices[i]);
        c.Output(0, indices);
    }

    public override void FlowZeros(ZeroContext c)
    {
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), c.Layout(0).Count);
        c.Output(0, c.Input(0).Select((bit, i) => bit && i != axis));
    }
}
