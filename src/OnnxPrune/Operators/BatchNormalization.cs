using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>BatchNormalization in inference mode; in training mode it is left alone.</summary>
internal sealed class BatchNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n c ..., c, c, c, c -> n c ...");

    public override void InferShapes(ShapeContext c)
    {
        c.Output(c.Shape(0));
        for (int output = 1; output < c.Node.Outputs.Length; output++) c.Output(output, c.Input(1).Type, c.Shape(1));
    }

    public override void Couple(CouplingContext c)
    {
        bool training = c.Node.Int("training_mode", 0) != 0 || c.Node.Outputs.Skip(1).Any(o => o is not null);
        if (training) c.PinAll("training mode");
        else c.Rule(Coupling);
    }

    public override bool KeepsMaskedValues(Node node, int slot) => slot is 3 or 4;

    public override NormalizationView? NormalizationOf(Node node) =>
        node.Int("training_mode", 0) == 0 && node.Inputs.Length > 4 ? new(Scale: 1, Bias: 2, Mean: 3, Variance: 4, node.Float("epsilon", 1e-5f)) : null;

    // scale·(x - mean)/√var + bias is zero where scale and bias are.
    public override void FlowZeros(ZeroContext c) =>
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == 1 && c.Input(1)[0] && c.Input(2)[0]));
}
