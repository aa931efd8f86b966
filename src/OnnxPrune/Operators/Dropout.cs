using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// Dropout does nothing in inference; in training, which an input may ask for since opset 12, it draws random numbers, unless its ratio is 0.
/// </summary>
internal sealed class Dropout : Operator
{
    private const int Ratio = 1, TrainingMode = 2;

    private static readonly Notation Coupling = Notation.Parse("... -> ..., ...");

    public override void InferShapes(ShapeContext c)
    {
        c.Output(c.Shape(0));
        // The mask has been boolean since opset 10.
        c.Output(1, c.Node.Opset >= 10 ? ElementType.Bool : c.Input(0).Type, c.Shape(0));
    }

    public override void Couple(CouplingContext c)
    {
        if (!IsZero(c, TrainingMode, otherwise: true) && !IsZero(c, Ratio, otherwise: false)) c.PinAll("draws random numbers");
        else c.Rule(Coupling);
    }

    // The mask is not negative, and not moved.
    public override Signs SignsOf(SignContext context) => context.Input(0) & Signs.NotNegative;

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));

    // An operand that is computed at run time may be anything.
    private static bool IsZero(CouplingContext c, int operand, bool otherwise) =>
        c.Has(operand) ? c.InputType(operand).Content is { Count: 1 } content && content[0, 0] == 0 : otherwise;
}
