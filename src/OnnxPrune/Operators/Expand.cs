using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Expand: an axis that grows from 1 is a fresh variable.</summary>
internal sealed class Expand : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(1)?.ToSizes() is not { } target) return;
        var shape = Broadcasting.Of(c.Shape(0), target);
        var x = c.Content(0);
        c.Output(shape, x is null ? null : ContentArithmetic.Broadcast(x.Type, [x, Zeros(x, shape)], v => v[0]));
    }

    public override bool FillsShape => true;

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        var (x, shape) = (c.Input(0), c.OutputShape(0));
        int added = shape.Count - x.Count;
        c.Output(0, shape.Select((size, i) => i >= added && c.SizeOf(x[i - added]).Same(size) ? x[i - added] : c.Fresh(size)).ToList());
    }

    public override void FlowZeros(ZeroContext c)
    {
        int rank = c.OutputLayout(0).Count;
        c.Output(0, Enumerable.Range(0, rank).Select(axis => c.Aligned(0, axis, rank) == true));
    }

    public override void Adjust(AdjustContext c)
    {
        if (c.OutputsFit()) return;
        var (x, y) = (c.KeptInput(0), c.KeptOutput(0));
        int added = y.Count - x.Count;
        c.SetOperand(1, [.. y.Select((size, i) => i >= added && x[i - added].Same(size) ? Size.One : size)]);
    }

    private static KnownTensor? Zeros(KnownTensor like, Size[] shape) =>
        shape.All(s => s.IsConcrete) && KnownTensor.Holds(shape.Select(s => s.Value))
        ? KnownTensor.Of(like.Type, [.. shape.Select(s => s.Value)], (_, _) => 0)
        : null;
}
