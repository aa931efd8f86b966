using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Clip: bounds are attributes before opset 11, inputs since.</summary>
internal sealed class Clip : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override bool IsShapeOperand(Node node, int slot) => slot > 0;

    public override bool Saturates(Node node) => true;

    public override void FlowZeros(ZeroContext c)
    {
        bool keepsZero = Bound(c, 1, "min", double.NegativeInfinity) <= 0 && Bound(c, 2, "max", double.PositiveInfinity) >= 0;
        if (keepsZero) c.Output(0, c.Input(0));
    }

    // A bound that is computed at run time is NaN, which compares false: nothing is then known of zeros.
    private static double Bound(ZeroContext c, int input, string attribute, double otherwise)
    {
        if (c.Has(input)) return c.InputType(input).Content is { Count: 1 } content ? content[0, 0] : double.NaN;
        return c.Node.Attribute(attribute)?.F ?? otherwise;
    }
}
