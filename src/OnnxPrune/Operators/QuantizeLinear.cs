using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>QuantizeLinear: y = saturate(round(x / scale) + zero point). What is zero becomes the zero point, exactly.</summary>
internal sealed class QuantizeLinear : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(0, ResultType(c), c.Shape(0));

    public override void Couple(CouplingContext c)
    {
        QuantizationParameters.Couple(c, c.Input(0), Result(c.Node));
        c.Rule(Coupling);
    }

    public override bool IsScale(Node node, int slot) => slot == 1;

    public override bool KeepsMaskedValues(Node node, int slot) => IsScale(node, slot);

    public override Jump JumpOf(Node node) => Jump.Quantization;

    public override Signs SignsOf(SignContext context) => context.Input(0);

    public override void FlowZeros(ZeroContext c) => c.QuantizedOutput(0, Result(c.Node), c.Input(0));

    private static Quantization Result(Node node) => new([1], 2, (int)node.Int("axis", 1), node.Int("block_size", 0));

    private static ElementType ResultType(ShapeContext c)
    {
        if (c.Has(2)) return c.Input(2).Type;
        return c.Node.Int("output_dtype", 0) is not 0 and var type ? (ElementType)type : ElementType.Uint8;
    }
}
