using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// DynamicQuantizeLinear: scale and zero point follow from the smallest and the largest element, and always from zero too, so that zeros
/// that leave change neither.
/// </summary>
internal sealed class DynamicQuantizeLinear : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c)
    {
        if (c.Outputs.Count < 3) c.Infeasible("it lacks an output");
        c.Output(0, ElementType.Uint8, c.Shape(0));
        c.Output(1, ElementType.Float, []);
        c.Output(2, ElementType.Uint8, []);
    }

    public override void Couple(CouplingContext c)
    {
        c.Rule(Coupling);
        c.Output(1, []);
        c.Output(2, []);
    }

    public override Jump JumpOf(Node node) => Jump.Quantization;

    public override void FlowZeros(ZeroContext c)
    {
        var x = c.Input(0);
        foreach (var (term, zero) in c.Layout(0).Zip(x)) c.Contract(term, zero, "its scale is that of the whole tensor");
        c.QuantizedOutputOwn(0, zeroPoint: 2, x);
    }
}
