using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>ScatterElements and Scatter: the axis that indices name is pinned; the others agree where indices cover them.</summary>
internal sealed class ScatterElements : Operator
{
    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c)
    {
        var (x, indices, updates) = (c.Input(0), c.Input(1), c.Input(2));
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        c.Pin([x[axis], indices[axis], updates[axis]], "indices name its positions");
        for (int i = 0; i < x.Count; i++)
        {
            c.Unify(indices[i], updates[i]);
            if (i != axis) c.Unify(x[i], indices[i]);
        }
        c.Output(0, x);
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0).Select((bit, axis) => bit && c.Input(2)[axis]));
}
