using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>TensorScatter: writes new entries into a cache along one axis, whose positions stay; the other axes agree.</summary>
internal sealed class TensorScatter : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var (cache, update) = (c.Shape(0), c.Shape(1));
        if (cache.Length != update.Length) c.Infeasible($"a cache of rank {cache.Length}, an update of rank {update.Length}");
        c.Output(cache);
    }

    public override void Couple(CouplingContext c)
    {
        var (cache, update) = (c.Input(0), c.Input(1));
        int axis = ShapeContext.Axis(c.Node.Int("axis", -2), cache.Count);
        c.Pin([cache[axis], update[axis], .. c.Has(2) ? c.Input(2) : []], "written by position");
        for (int i = 0; i < cache.Count; i++) if (i != axis) c.Unify(cache[i], update[i]);
        c.Output(0, cache);
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0).Zip(c.Input(1), (cache, update) => cache && update));
}
