using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>QLinearMatMul: a, its scale and zero point, b, its scale and zero point, the result's scale and zero point.</summary>
internal sealed class QLinearMatMul : MatMul
{
    private static readonly Quantization Result = new([6], 7, Axis: -2);

    protected override int Right => 3;

    public override Quantization? QuantizationOf(Node node, int slot) => slot switch
    {
        0 => new([1], 2, Axis: -2),
        3 => new([4], 5, Axis: -1),
        _ => null,
    };

    public override bool IsScale(Node node, int slot) => slot is 1 or 4 or 6;

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override void Couple(CouplingContext c)
    {
        foreach (int slot in (int[])[0, 3]) QuantizationParameters.Couple(c, c.Input(slot), QuantizationOf(c.Node, slot)!);
        base.Couple(c);
        QuantizationParameters.Couple(c, c.OutputLayout(0), Result);
    }

    protected override ElementType ResultType(ShapeContext c) => c.Input(7).Type;

    protected override void State(ZeroContext c, IEnumerable<bool> bits) => c.QuantizedOutput(0, Result, bits);

    // Its operands are integers, and so is what stands for zero.
    public override LinearView? LinearOf(Node node) => null;
}
