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

    public override Signs SignsOf(SignContext c)
    {
        double min = Bound(c.Node, c.InputType, 1, "min", double.NegativeInfinity), max = Bound(c.Node, c.InputType, 2, "max", double.PositiveInfinity);
        var above = max >= 0 && (min >= 0 || c.Input(0).HasFlag(Signs.NotNegative)) ? Signs.NotNegative : Signs.Any;
        var below = min <= 0 && (max <= 0 || c.Input(0).HasFlag(Signs.NotPositive)) ? Signs.NotPositive : Signs.Any;
        return above | below;
    }

    public override void FlowZeros(ZeroContext c)
    {
        bool keepsZero = Bound(c.Node, c.InputType, 1, "min", double.NegativeInfinity) <= 0
            && Bound(c.Node, c.InputType, 2, "max", double.PositiveInfinity) >= 0;
        if (keepsZero) c.Output(0, c.Input(0));
    }

    // A bound that is computed at run time is NaN, which compares false: nothing is then known of zeros.
    private static double Bound(Node node, Func<int, TensorType> typeOf, int input, string attribute, double otherwise)
    {
        if (input < node.Inputs.Length && node.Inputs[input] is not null) return typeOf(input).Content is { Count: 1 } content ? content[0, 0] : double.NaN;
        return node.Attribute(attribute)?.F ?? otherwise;
    }
}
