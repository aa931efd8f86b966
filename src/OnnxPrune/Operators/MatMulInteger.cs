using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>MatMulInteger: a matrix product of the operands after subtraction of their zero points, exact in 32 bits.</summary>
internal sealed class MatMulInteger : MatMul
{
    public override Quantization? QuantizationOf(Node node, int slot) => slot switch
    {
        0 => new([], 2, Axis: -2),
        1 => new([], 3, Axis: -1),
        _ => null,
    };

    public override void Couple(CouplingContext c)
    {
        for (int slot = 0; slot < 2; slot++) QuantizationParameters.Couple(c, c.Input(slot), QuantizationOf(c.Node, slot)!);
        base.Couple(c);
    }

    protected override ElementType ResultType(ShapeContext c) => ElementType.Int32;

    // Its operands are integers, and so is what stands for zero.
    public override LinearView? LinearOf(Node node) => null;
}
