using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>GridSample: reads an image at the points of a grid; channels pass.</summary>
internal sealed class GridSample : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n c ~, n ~ -> n c ~");

    public override void InferShapes(ShapeContext c)
    {
        var (x, grid) = (c.Shape(0), c.Shape(1));
        c.Output([x[0], x[1], .. grid[1..^1]]);
    }

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0).Select((bit, axis) => bit && axis == 1));
}
