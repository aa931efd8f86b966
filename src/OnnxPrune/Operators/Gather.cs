using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// Gather: a constant list of different indices takes the data axis apart and orders it anew, and is rewritten. Elsewhere the data axis is pinned,
/// because its indices are named from outside; the list itself can be pruned.
/// </summary>
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
        if (!c.IsFixed(x[axis]) && Selected(c.Node, c.InputType(1), c.SizeOf(x[axis]).Value) is { } indices)
        {
            c.Output(0, [.. x.Take(axis), c.Take(x[axis], indices), .. x.Skip(axis + 1)]);
            return;
        }
        c.Pin(x[axis], "indices name its positions");
        c.Output(0, [.. x.Take(axis), .. c.Input(1), .. x.Skip(axis + 1)]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        bool orders = c.Input(1).Count == 1 && c.OutputLayout(0)[axis] != c.Layout(1)[0];
        c.Output(0, [.. x.Take(axis), .. c.Input(1).Select(_ => orders && x[axis]), .. x.Skip(axis + 1)]);
    }

    public override void Adjust(AdjustContext c)
    {
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), c.KeptInput(0).Count);
        if (c.InputMask(0, axis) is not { } kept || Selected(c.Node, c.OldInput(1), kept.Length) is not { } indices) return;
        var taken = c.OutputMask(0, axis);
        var places = new int[kept.Length];
        for (int i = 1; i < places.Length; i++) places[i] = places[i - 1] + (kept[i - 1] ? 1 : 0);
        c.SetOperand(1, [.. indices.Where((_, i) => taken?[i] ?? true).Select(i => Size.Of(places[i]))]);
    }

    // The constant indices, from the front, where they form a list in which none occurs twice.
    private static int[]? Selected(Node node, TensorType indices, long size)
    {
        if (indices.Shape is not [{ IsConcrete: true }] || size > Size.MostListed) return null;
        long[]? list = indices.Content?.ToConstants() ?? (node.Inputs[1]?.Initializer is { } tensor && Tensors.IsReadable(tensor)
            ? Array.ConvertAll(Tensors.Doubles(tensor), number => (long)number) : null);
        if (list is null or [] || !list.All(i => i >= -size && i < size)) return null;
        int[] positions = Array.ConvertAll(list, i => (int)(i < 0 ? i + size : i));
        return positions.Distinct().Count() == positions.Length ? positions : null;
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
