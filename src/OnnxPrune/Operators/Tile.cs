using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Tile: an axis repeated k times is Product(Fixed k, x).</summary>
internal sealed class Tile : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(1)?.ToSizes() is not { } repeats) return;
        if (repeats.Length != c.Shape(0).Length) c.Infeasible($"{repeats.Length} repeats of a tensor of rank {c.Shape(0).Length}");
        c.Output([.. c.Shape(0).Select((size, i) => size * repeats[i])]);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        var repeats = c.InputType(1).Content!.ToSizes();
        c.Output(0, c.Input(0).Select((term, i) => c.Product(c.Fixed(repeats[i]), term)).ToList());
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
