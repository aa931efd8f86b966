using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>ConstantOfShape: one value everywhere, so that any index may leave.</summary>
internal sealed class ConstantOfShape : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(0)?.ToSizes() is not { } shape) return;
        var type = c.Node.Attribute("value")?.T is { } t ? Tensors.TypeOf(t) : ElementType.Float;
        if (c.Node.Attribute("value")?.T is { } one && Tensors.Count(one) != 1) c.Infeasible("its value is not one number");
        bool small = shape.All(s => s.IsConcrete) && KnownTensor.Holds(shape.Select(s => s.Value));
        c.Output(0, type, shape, small ? KnownTensor.Of(type, [.. shape.Select(s => s.Value)], (_, _) => Value(c.Node)) : null);
    }

    public override bool FillsShape => true;

    public override bool IsShapeOperand(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c) => c.Output(0, c.OutputShape(0).Select(c.Fresh).ToList());

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.OutputLayout(0).Select(_ => Value(c.Node) == 0));

    public override void Adjust(AdjustContext c)
    {
        if (!c.OutputsFit()) c.SetOperand(0, c.KeptOutput(0));
    }

    private static double Value(Node node) => node.Attribute("value")?.T is { } tensor ? Tensors.Doubles(tensor)[0] : 0;
}
