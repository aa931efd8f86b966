using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>OneHot: a new axis of classes, which positions name; the axes of the indices pass.</summary>
internal sealed class OneHot : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var indices = c.Shape(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), indices.Length + 1);
        c.Output(0, c.Input(2).Type, [.. indices[..axis], c.Content(1)?.SizeAt(0) ?? Size.Unknown, .. indices[axis..]]);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot is 1 or 2;

    public override void Couple(CouplingContext c)
    {
        var indices = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), indices.Count + 1);
        c.Output(0, [.. indices.Take(axis), c.Fixed(c.OutputShape(0)[axis], "one position per class"), .. indices.Skip(axis)]);
    }
}
