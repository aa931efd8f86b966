using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>RoiAlign: one small image per region; channels pass.</summary>
internal sealed class RegionPool : Operator
{
    private static readonly Notation Coupling = Notation.Parse(". c ~, r ., r -> r c ~");

    public override void InferShapes(ShapeContext c)
    {
        Size height = Size.Of(c.Node.Int("output_height", 1)), width = Size.Of(c.Node.Int("output_width", 1));
        c.Output([c.Shape(1)[0], c.Shape(0)[1], height, width]);
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c) => c.Output(0, false, c.Input(0)[1], false, false);
}
