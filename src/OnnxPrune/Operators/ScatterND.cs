using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// ScatterND: the axes that index tuples name, and the tuples themselves, are pinned; the rest of the data and of the updates agree.
/// </summary>
internal sealed class ScatterND : Operator
{
    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0), Content(c));

    public override void Couple(CouplingContext c)
    {
        var (x, indices, updates) = (c.Input(0), c.Input(1), c.Input(2));
        int named = (int)c.SizeOf(indices[^1]).Value;
        c.Pin([.. x.Take(named), .. indices, .. updates.Take(indices.Count - 1)], "index tuples name its positions");
        for (int i = named; i < x.Count; i++) c.Unify(x[i], updates[indices.Count - 1 + i - named]);
        c.Output(0, x);
    }

    public override void FlowZeros(ZeroContext c)
    {
        int tuples = c.Layout(1).Count - 1;
        int named = (int)c.SizeOf(c.Layout(1)[^1]).Value;
        c.Output(0, c.Input(0).Select((bit, axis) => bit && axis >= named && c.Input(2)[tuples + axis - named]));
    }

    // Masks of shifted windows are drawn this way, element by element.
    private static KnownTensor? Content(ShapeContext c)
    {
        if (c.Content(0) is not { } x || c.Content(2) is not { } updates || c.Content(1) is not { } tuples || tuples.ToConstants() is not { } list)
            return null;
        if (c.Node.Text("reduction", "none") != "none") return null;
        int width = (int)tuples.Dims[^1];
        int block = (int)x.Dims.Skip(width).Aggregate(1L, (n, d) => n * d);
        var source = new Dictionary<int, int>();
        for (int i = 0; i < updates.Count; i++)
        {
            long[] tuple = [.. list.Skip(i / block * width).Take(width).Select((index, axis) => index < 0 ? index + x.Dims[axis] : index)];
            source[((int)ContentArithmetic.Flat(tuple, x.Dims[..width]) * block) + (i % block)] = i;
        }
        return KnownTensor.Of(x.Type, x.Dims, (i, v) => source.TryGetValue(i, out int update) ? updates[update, v] : x[i, v]);
    }
}
