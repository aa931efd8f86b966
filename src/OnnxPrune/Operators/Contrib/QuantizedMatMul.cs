using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// DynamicQuantizeMatMul and MatMulIntegerToFloat of com.microsoft: a matrix product in integers, its result as float, and a bias for each column. The
/// former quantises its left operand with a scale that follows from all its elements and from zero, which only zeros leave as it is.
/// </summary>
/// <param name="left">How the left operand is quantised; null if the node quantises it.</param>
/// <param name="right">How the right operand is quantised.</param>
/// <param name="bias">The slot of the bias.</param>
internal sealed class QuantizedMatMul(Quantization? left, Quantization right, int bias) : MatMul
{
    public override Quantization? QuantizationOf(Node node, int slot) => slot switch
    {
        0 => left,
        1 => right,
        _ => null,
    };

    public override bool IsScale(Node node, int slot) => right.Scales.Contains(slot) || left?.Scales.Contains(slot) == true;

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override Jump JumpOf(Node node) => left is null ? Jump.Quantization : Jump.None;

    public override Signs SignsOf(SignContext c) => Signs.Any;

    public override void Couple(CouplingContext c)
    {
        if (left is not null) QuantizationParameters.Couple(c, c.Input(0), left);
        QuantizationParameters.Couple(c, c.Input(1), right);
        base.Couple(c);
        if (c.Has(bias)) c.Unify(c.Input(bias)[^1], c.OutputLayout(0)[^1]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        base.FlowZeros(c);
        if (left is not null) return;
        foreach (var (axis, isZero) in c.Layout(0).Zip(c.Input(0))) c.Contract(axis, isZero, "its scale is that of the whole tensor");
    }

    // Its operands are integers, and so is what stands for zero.
    public override LinearView? LinearOf(Node node) => null;

    protected override ElementType ResultType(ShapeContext c) => ElementType.Float;

    protected override void State(ZeroContext c, IEnumerable<bool> bits) => c.Output(0, Biased.Bits(c, bias, bits));
}
