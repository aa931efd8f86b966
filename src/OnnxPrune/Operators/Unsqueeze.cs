using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Unsqueeze: axes of size 1 come; axes are an attribute before opset 13, an input since.</summary>
internal sealed class Unsqueeze : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.ConstantsOrAttribute(1, "axes") is not { } axes) return;
        var shape = Spread(c.Shape(0), axes, Size.One);
        c.Output(shape, ContentArithmetic.Reshape(c.Content(0), shape));
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override ElementFunction FunctionOf(Node node) => ElementFunction.Identity;

    public override void Couple(CouplingContext c) =>
        c.Output(0, Spread(c.Input(0), c.ConstantsOrAttribute(1, "axes")!, c.Fixed(Size.One)));

    public override void FlowZeros(ZeroContext c)
    {
        long[] axes = (c.Has(1) ? c.InputType(1).Content?.ToConstants() : c.Node.Ints("axes"))!;
        c.Output(0, Spread(c.Input(0), axes, true));
    }

    private static T[] Spread<T>(IReadOnlyList<T> x, long[] axes, T one)
    {
        int rank = x.Count + axes.Length;
        var added = axes.Select(a => ShapeContext.Axis(a, rank)).ToHashSet();
        if (added.Count != axes.Length) throw new InfeasibleShapeException($"the axes {string.Join(',', axes)} name one twice");
        var rest = new Queue<T>(x);
        return [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? one : rest.Dequeue())];
    }
}
