using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// An operator of com.microsoft on quantised tensors: y = quantise(f(dequantise(a), …)). Each operand is followed by its scale and zero point, which are
/// scalars, and so are those of the result. Zero points may be left out, and are then 0. What is zero becomes the zero point, exactly, where f(0) = 0.
/// </summary>
internal abstract class QuantizedFunction : Operator
{
    /// <summary>The slots of the operands.</summary>
    protected abstract IEnumerable<int> Operands(Node node);

    /// <summary>The slot of the scale of the result; its zero point is the next.</summary>
    protected abstract int ResultScale(Node node);

    public override Quantization? QuantizationOf(Node node, int slot) => Operands(node).Contains(slot) ? new([slot + 1], slot + 2) : null;

    public override bool IsScale(Node node, int slot) => slot == ResultScale(node) || Operands(node).Contains(slot - 1);

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override Signs SignsOf(SignContext context) => Signs.Any;

    /// <summary>The element type of the result: that of its zero point, which is that of the first operand if it is left out.</summary>
    protected ElementType ResultType(ShapeContext c)
    {
        int zeroPoint = ResultScale(c.Node) + 1;
        return c.Has(zeroPoint) ? c.Input(zeroPoint).Type : c.Input(Operands(c.Node).First()).Type;
    }

    /// <summary>States where the result is zero.</summary>
    protected void State(ZeroContext c, IEnumerable<bool> bits) => c.QuantizedOutput(0, new([ResultScale(c.Node)], ResultScale(c.Node) + 1), bits);
}
