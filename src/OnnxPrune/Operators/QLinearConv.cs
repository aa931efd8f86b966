using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>QLinearConv: x, its scale and zero point, weight, its scale and zero point, the result's scale and zero point, bias.</summary>
internal sealed class QLinearConv : Conv
{
    private static readonly Quantization Result = new([6], 7);

    protected override int Weight => 3;

    protected override int Bias => 8;

    public override Quantization? QuantizationOf(Node node, int slot) => slot switch
    {
        0 => new([1], 2),
        3 => new([4], 5, Axis: 0),
        8 => new([1, 4], null, Axis: 0),
        _ => null,
    };

    public override bool IsScale(Node node, int slot) => slot is 1 or 4 or 6;

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override void Couple(CouplingContext c)
    {
        base.Couple(c);
        QuantizationParameters.Couple(c, c.Input(3), QuantizationOf(c.Node, 3)!);
    }

    protected override ElementType ResultType(ShapeContext c) => c.Input(7).Type;

    protected override void State(ZeroContext c, IEnumerable<bool> bits) => c.QuantizedOutput(0, Result, bits);

    // Its operands are integers, and so is what stands for zero.
    public override LinearView? LinearOf(Node node) => null;
}
