using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// Softmax, LogSoftmax and Hardmax normalise an axis, or before opset 13 all axes from it on. Without an index, the denominator is another one, so
/// that its removal is approximate. Hardmax selects an index, and loses none.
/// </summary>
/// <param name="jump">How the operator jumps: Hardmax selects.</param>
internal sealed class Softmax(Jump jump = Jump.None) : Operator
{
    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override Jump JumpOf(Node node) => jump;

    public override bool Saturates(Node node) => true;

    public override void Couple(CouplingContext c)
    {
        if (jump == Jump.Selection) c.Pin(Normalised(c.Node, c.Input(0), c.Node.Opset), "selects an index of this axis");
        c.Output(0, c.Input(0));
    }

    public override Signs SignsOf(SignContext context) => context.Node.OpType == "LogSoftmax" ? Signs.NotPositive : Signs.NotNegative;

    public override void FlowZeros(ZeroContext c)
    {
        foreach (var axis in Normalised(c.Node, c.Layout(0), c.Node.Opset)) c.Contract(axis, exact: false, "normalises over this axis");
    }

    /// <summary>The axes that a node normalises, as the softmax of an opset does.</summary>
    internal static IEnumerable<Term> Normalised(Node node, IReadOnlyList<Term> x, long opset)
    {
        bool flattens = opset < 13;
        int axis = ShapeContext.Axis(node.Int("axis", flattens ? 1 : -1), x.Count);
        return flattens ? x.Skip(axis) : [x[axis]];
    }
}
