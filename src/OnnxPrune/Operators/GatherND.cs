using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>GatherND: the axes that index tuples name are pinned; batch axes agree, the rest of the data passes.</summary>
internal sealed class GatherND : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var (x, indices) = (c.Shape(0), c.Shape(1));
        if (!indices[^1].IsConcrete) return;
        int named = (int)c.Node.Int("batch_dims", 0) + (int)indices[^1].Value;
        if (named > x.Length) c.Infeasible($"index tuples of {indices[^1]} into rank {x.Length}");
        c.Output([.. indices[..^1], .. x[named..]]);
    }

    public override void Couple(CouplingContext c)
    {
        var (x, indices) = (c.Input(0), c.Input(1));
        int batch = (int)c.Node.Int("batch_dims", 0);
        int named = batch + (int)c.SizeOf(indices[^1]).Value;
        for (int i = 0; i < batch; i++) c.Unify(x[i], indices[i]);
        c.Pin(x.Skip(batch).Take(named - batch).Append(indices[^1]), "index tuples name its positions");
        c.Output(0, [.. indices.SkipLast(1), .. x.Skip(named)]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        int named = (int)c.Node.Int("batch_dims", 0) + (int)c.SizeOf(c.Layout(1)[^1]).Value;
        c.Output(0, [.. c.Input(1).SkipLast(1).Select(_ => false), .. c.Input(0).Skip(named)]);
    }
}
