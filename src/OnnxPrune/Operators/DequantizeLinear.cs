using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>DequantizeLinear: y = (x - zero point) · scale. What holds the zero point becomes zero, exactly.</summary>
internal sealed class DequantizeLinear : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c)
    {
        long stated = c.Node.Int("output_dtype", 0);
        c.Output(0, stated != 0 ? (ElementType)stated : c.Input(1).Type, c.Shape(0));
    }

    public override Quantization? QuantizationOf(Node node, int slot) => slot == 0 ? Operand(node) : null;

    public override void Couple(CouplingContext c)
    {
        QuantizationParameters.Couple(c, c.Input(0), Operand(c.Node));
        c.Rule(Coupling);
    }

    public override bool IsScale(Node node, int slot) => slot == 1;

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override Signs SignsOf(SignContext context) => context.QuantizedInput(0);

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.QuantizedInput(0));

    private static Quantization Operand(Node node) => new([1], 2, (int)node.Int("axis", 1), node.Int("block_size", 0));
}
