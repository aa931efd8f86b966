using OnnxPrune.Layouts;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>Shape and Size: what they compute is recomputed after pruning.</summary>
internal sealed class ShapeOf : Operator
{
    public override bool ReadsShape => true;

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (c.Node.OpType == "Size")
        {
            var total = Size.Product(x);
            c.Output(0, ElementType.Int64, [], KnownTensor.OfSizes([total]).Reshaped([]));
            return;
        }
        int start = Clamped(c.Node.Int("start", 0), x.Length), end = Clamped(c.Node.Int("end", x.Length), x.Length);
        Size[] taken = x[start..Math.Max(start, end)];
        c.Output(0, ElementType.Int64, [Size.Of(taken.Length)], KnownTensor.OfSizes(taken));
    }

    public override void Couple(CouplingContext c) => c.Output(0, c.OutputShape(0).Select(s => c.Fixed(s)).ToList());

    private static int Clamped(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
