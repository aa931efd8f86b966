using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>CenterCropPad: cuts or fills both ends of some axes to sizes given from outside; axes that keep their size pass.</summary>
internal sealed class CenterCropPad : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Content(1)?.ToSizes() is not { } sizes) return;
        var shape = c.Shape(0).ToArray();
        int[] axes = Axes(c.Node, shape.Length);
        if (axes.Length != sizes.Length) c.Infeasible($"{sizes.Length} sizes for {axes.Length} axes");
        for (int i = 0; i < axes.Length; i++) shape[axes[i]] = sizes[i];
        c.Output(shape);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override void Couple(CouplingContext c)
    {
        var (x, shape) = (c.Input(0), c.OutputShape(0));
        foreach (int axis in Moved(c.SizeOf, x, shape)) c.Pin(x[axis], "cut or filled around its centre");
        c.Output(
            0, x.Select((term, axis) => c.SizeOf(term).Same(shape[axis]) ? term : c.Fixed(shape[axis], "cut or filled around its centre")).ToList());
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));

    public override void Adjust(AdjustContext c)
    {
        if (!c.OutputsFit()) c.SetOperand(1, [.. Axes(c.Node, c.KeptInput(0).Count).Select(axis => c.KeptOutput(0)[axis])]);
    }

    private static IEnumerable<int> Moved(Func<Term, Size> sizeOf, IReadOnlyList<Term> x, IReadOnlyList<Size> shape) =>
        Enumerable.Range(0, x.Count).Where(axis => !sizeOf(x[axis]).Same(shape[axis]));

    private static int[] Axes(Node node, int rank) =>
        node.Ints("axes")?.Select(axis => ShapeContext.Axis(axis, rank)).ToArray() ?? [.. Enumerable.Range(0, rank)];
}
