using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Softmax, LogSoftmax and Hardmax normalise an axis, or before opset 13 all axes from it on: none of them can lose an index.</summary>
/// <param name="jump">How the operator jumps: Hardmax selects.</param>
internal sealed class Softmax(Jump jump = Jump.None) : Operator
{
    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override Jump JumpOf(Node node) => jump;

    public override bool Saturates(Node node) => true;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        bool flattens = c.Node.Opset < 13;
        int axis = ShapeContext.Axis(c.Node.Int("axis", flattens ? 1 : -1), x.Count);
        c.Pin(flattens ? x.Skip(axis) : [x[axis]], "normalises this axis");
        c.Output(0, x);
    }
}
