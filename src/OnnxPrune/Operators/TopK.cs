using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>TopK: orders an axis by its values, which is pinned; the others pass. k is an attribute before opset 10.</summary>
internal sealed class TopK : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), x.Length);
        var k = c.Has(1) ? c.Content(1)?.SizeAt(0) ?? Size.Unknown : Size.Of(c.Node.Int("k", 1));
        Size[] shape = [.. x[..axis], k, .. x[(axis + 1)..]];
        c.Output(shape);
        c.Output(1, ElementType.Int64, shape);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override Jump JumpOf(Node node) => Jump.Selection;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", -1), x.Count);
        c.Pin(x[axis], "ordered by its values");
        for (int output = 0; output < c.Node.Outputs.Length; output++)
            if (c.Node.Outputs[output] is not null) c.Output(output, [.. x.Take(axis), c.Fixed(c.OutputShape(output)[axis]), .. x.Skip(axis + 1)]);
    }
}
