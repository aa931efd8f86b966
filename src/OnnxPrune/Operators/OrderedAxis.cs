using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>CumSum and Trilu: what an element becomes depends on its position along some axes, which are pinned; the others pass.</summary>
/// <param name="axes">The axes, given the contents of input 1 and the rank.</param>
internal sealed class OrderedAxis(Func<KnownTensor?, int, IReadOnlyList<int>?> axes) : Operator
{
    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        if (axes(c.InputType(1).Content, x.Count) is not { } ordered) c.PinAll("its axis is computed");
        else
        {
            foreach (int axis in ordered) c.Pin(x[axis], "depends on positions along this axis");
            c.Output(0, x);
        }
    }

    public override Signs SignsOf(SignContext context) => context.Input(0);

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
