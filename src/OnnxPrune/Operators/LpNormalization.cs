using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>LpNormalization: divides by a norm, which zeros do not change.</summary>
internal sealed class LpNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c)
    {
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), c.Layout(0).Count);
        c.Contract(c.Layout(0)[axis], c.Input(0)[axis], "divides by a norm of what is not zero");
        c.Output(0, c.Input(0).Select((bit, i) => bit && i == axis));
    }
}
