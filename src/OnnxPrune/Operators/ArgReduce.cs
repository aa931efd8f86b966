using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>ArgMax and ArgMin: positions along an axis, which is pinned; the others pass.</summary>
internal sealed class ArgReduce : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Length);
        c.Output(0, ElementType.Int64, [.. x[..axis], .. Kept(c.Node, Size.One), .. x[(axis + 1)..]]);
    }

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        c.Pin(x[axis], "names positions along this axis");
        c.Output(0, [.. x.Take(axis), .. Kept(c.Node, c.Fixed(Size.One)), .. x.Skip(axis + 1)]);
    }

    public override Jump JumpOf(Node node) => Jump.Selection;

    private static T[] Kept<T>(Node node, T one) => node.Int("keepdims", 1) != 0 ? [one] : [];
}
