using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>ReduceSum and its family. A sum over an axis is exact where removed indices are zeros, an extreme also needs one
/// sign of all elements; a mean never is exact, because its count changes.</summary>
internal sealed class Reduce(bool exactOverZeros, Func<IEnumerable<double>, double>? evaluate = null) : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (Axes(c.Node, c.Has(1), c.Constants(1), x.Length) is not { } axes) return;
        bool keep = Keeps(c.Node);
        Size[] shape = [.. x.Select((size, i) => axes.Contains(i) ? Size.One : size).Where((_, i) => keep || !axes.Contains(i))];
        c.Output(shape, Content(c.Content(0), axes, shape));
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        var axes = Axes(c.Node, c.Has(1), c.Constants(1), x.Count)!;
        bool keep = Keeps(c.Node);
        c.Output(0, x.Select((term, i) => axes.Contains(i) ? c.Fixed(Size.One) : term).Where((_, i) => keep || !axes.Contains(i)).ToList());
    }

    public override Signs SignsOf(SignContext c) => c.Node.OpType switch
    {
        "ReduceL1" or "ReduceL2" or "ReduceSumSquare" => Signs.NotNegative,
        "ReduceSum" or "ReduceMean" or "ReduceMax" or "ReduceMin" => c.Input(0),
        "ReduceProd" => c.Input(0) & Signs.NotNegative,
        _ => Signs.Any,
    };

    public override void FlowZeros(ZeroContext c)
    {
        var x = c.Input(0);
        var axes = Axes(c.Node, c.Has(1), c.InputType(1).Content?.ToConstants(), x.Count)!;
        bool exact = exactOverZeros || IsExtremeZero(c);
        foreach (int axis in axes) c.Contract(c.Layout(0)[axis], exact && x[axis], "reduces over this axis");
        if (c.Node.OpType == "ReduceLogSum") c.ForbidZeros(0, x.Select((bit, i) => bit && !axes.Contains(i)));
        bool keep = Keeps(c.Node);
        c.Output(0, x.Where((_, i) => keep || !axes.Contains(i)).Select(bit => bit && c.Node.OpType is not ("ReduceLogSum" or "ReduceLogSumExp")));
    }

    // Zeros change neither the maximum of numbers that are not negative nor the minimum of numbers that are not positive.
    private static bool IsExtremeZero(ZeroContext c) => c.Node.OpType switch
    {
        "ReduceMax" => c.SignsOf(0).HasFlag(Signs.NotNegative),
        "ReduceMin" => c.SignsOf(0).HasFlag(Signs.NotPositive),
        _ => false,
    };

    private static bool Keeps(Node node) => node.Int("keepdims", 1) != 0;

    private static HashSet<int>? Axes(Node node, bool hasInput, long[]? input, int rank)
    {
        if (hasInput && input is null) return null;
        long[] axes = (hasInput ? input : node.Ints("axes")) ?? [];
        if (axes.Length > 0) return [.. axes.Select(a => ShapeContext.Axis(a, rank))];
        return node.Int("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
    }

    private KnownTensor? Content(KnownTensor? x, HashSet<int> axes, Size[] shape)
    {
        if (x is null || evaluate is null || axes.Count < x.Dims.Length) return null;
        return KnownTensor.Of(x.Type, [.. shape.Select(s => s.Value)], (_, v) => evaluate(Enumerable.Range(0, x.Count).Select(i => x[i, v])))
            .Cast(x.Type);
    }
}
