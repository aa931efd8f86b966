using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>ConvInteger: a convolution of the operands after subtraction of their zero points, exact in 32 bits.</summary>
internal sealed class ConvInteger : Conv
{
    private const int Nowhere = int.MaxValue;

    protected override int Bias => Nowhere;

    public override Quantization? QuantizationOf(Node node, int slot) => slot switch
    {
        0 => new([], 2),
        1 => new([], 3, Axis: 0),
        _ => null,
    };

    public override void Couple(CouplingContext c)
    {
        base.Couple(c);
        QuantizationParameters.Couple(c, c.Input(1), QuantizationOf(c.Node, 1)!);
    }

    protected override ElementType ResultType(ShapeContext c) => ElementType.Int32;

    // Its operands are integers, and so is what stands for zero.
    public override LinearView? LinearOf(Node node) => null;
}
