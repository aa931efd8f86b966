using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.BiasSplitGelu: the first half of the features times Gelu of the second.</summary>
internal sealed class BiasSplitGelu : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n s B*h, B*h -> n s h");

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        c.Output([.. x[..^1], x[^1] / Size.Of(2)]);
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling, ("B", 2));

    public override void FlowZeros(ZeroContext c) => c.Output(0, false, false, c.Input(0)[^1] && c.Input(1)[0]);
}
