using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>Dropout does nothing in inference; in training, which an input may ask for since opset 12, it draws random numbers.</summary>
internal sealed class Dropout : Operator
{
    private const int TrainingMode = 2;

    private static readonly Notation Coupling = Notation.Parse("... -> ..., ...");

    public override void InferShapes(ShapeContext c)
    {
        c.Output(c.Shape(0));
        // The mask has been boolean since opset 10.
        c.Output(1, c.Node.Opset >= 10 ? DataType.Bool : c.Input(0).Type, c.Shape(0));
    }

    public override void Couple(CouplingContext c)
    {
        bool trains = c.Has(TrainingMode) && c.Constants(TrainingMode) is not [0];
        if (trains) c.PinAll("draws random numbers");
        else c.Rule(Coupling);
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
