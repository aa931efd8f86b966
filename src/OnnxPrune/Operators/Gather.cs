using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Gather: the data axis is pinned, because its indices are named from outside; a constant list of indices can be pruned itself.</summary>
internal sealed class Gather : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var (x, indices) = (c.Shape(0), c.Shape(1));
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Length);
        Size[] shape = [.. x[..axis], .. indices, .. x[(axis + 1)..]];
        c.Output(shape, Content(c, shape, axis, indices.Length));
    }

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override long? IndexedAxis(Node node, int slot) => slot == 1 ? node.Int("axis", 0) : null;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        c.Pin(x[axis], "indices name its positions");
        c.Output(0, [.. x.Take(axis), .. c.Input(1), .. x.Skip(axis + 1)]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        c.Output(0, [.. x.Take(axis), .. c.Input(1).Select(_ => false), .. x.Skip(axis + 1)]);
    }

    private static KnownTensor? Content(ShapeContext c, Size[] shape, int axis, int indexRank)
    {
        if (c.Content(0) is not { } x || c.Content(1) is not { } indices || indices.ToConstants() is not { } list) return null;
        return ContentArithmetic.Pick(x, shape, position =>
        {
            long index = list[ContentArithmetic.Flat(position[axis..(axis + indexRank)], indices.Dims)];
            return [.. position[..axis], index < 0 ? index + x.Dims[axis] : index, .. position[(axis + indexRank)..]];
        });
    }
}
