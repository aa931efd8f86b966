using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>ai.onnx.ml.ArrayFeatureExtractor: selects positions of the last axis, which keeps its indices; the others pass.</summary>
internal sealed class ArrayFeatureExtractor : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (x.Length == 0) c.Infeasible("its input is a scalar");
        var count = Size.Product(c.Shape(1));
        c.Output(x.Length == 1 ? [Size.One, count] : [.. x[..^1], count]);
    }

    public override long? IndexedAxis(Node node, int slot) => slot == 1 ? -1 : null;

    public override void Couple(CouplingContext c)
    {
        c.Pin(c.Input(0)[^1], "positions name its indices");
        c.Pin(c.Input(1), "names positions");
        var count = c.Fixed(c.OutputShape(0)[^1], "names positions");
        c.Output(0, c.Input(0).Count == 1 ? [c.Fixed(Size.One), count] : [.. c.Input(0).SkipLast(1), count]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        if (c.Layout(0).Count > 1) c.Output(0, c.Input(0));
    }
}
