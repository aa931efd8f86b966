using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>LpNormalization: divides by a norm along one axis, which zeros do not change. Indices of other axes have norms of their own.</summary>
internal sealed class LpNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c)
    {
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), c.Layout(0).Count);
        c.Contract(c.Layout(0)[axis], c.Input(0)[axis], "divides by a norm of what is not zero");
        for (int i = 0; i < c.Layout(0).Count; i++) if (i != axis && c.Input(0)[i]) c.SkipRemoved(c.Layout(0)[i]);
        c.Output(0, c.Input(0));
    }
}
