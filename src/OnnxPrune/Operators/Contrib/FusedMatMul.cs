using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.FusedMatMul and TransposeMatMul: alpha·A·B, where each operand may have its last two axes swapped (trans), and its
/// first axis moved after its batch axes before that (transBatch).
/// </summary>
internal sealed class FusedMatMul : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        if (c.Shape(0).Length == 0 || c.Shape(1).Length == 0) c.Infeasible("an operand is a scalar");
        var (a, b) = (Ordered(c.Node, "A", c.Shape(0)), Ordered(c.Node, "B", c.Shape(1)));
        var (innerA, innerB) = (a[^1], b[b.Length == 1 ? 0 : ^2]);
        if (innerA.IsKnown && innerB.IsKnown && !innerA.Same(innerB)) c.Infeasible($"the inner sizes {innerA} and {innerB} differ");
        c.Output([.. Broadcasting.Of(Batch(a), Batch(b)), .. Row(a), .. Column(b)]);
    }

    public override void Couple(CouplingContext c)
    {
        var (a, b) = (Ordered(c.Node, "A", c.Input(0)), Ordered(c.Node, "B", c.Input(1)));
        c.Unify(a[^1], b[b.Length == 1 ? 0 : ^2]);
        var batch = Batch(a).Length + Batch(b).Length == 0 ? [] : c.Broadcast(Batch(a), Batch(b));
        c.Output(0, [.. batch, .. Row(a), .. Column(b)]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        var (a, b) = (Ordered(c.Node, "A", c.Input(0)), Ordered(c.Node, "B", c.Input(1)));
        c.Contract(Ordered(c.Node, "A", c.Layout(0))[^1], a[^1] || b[b.Length == 1 ? 0 : ^2], "sums over features that are not zero");
        int batch = c.OutputLayout(0).Count - Row(a).Length - Column(b).Length;
        var bits = Enumerable.Range(-batch, batch).Select(axis => Bit(Batch(a), axis) || Bit(Batch(b), axis));
        c.Output(0, [.. bits, .. Row(a), .. Column(b)]);
    }

    public override LinearView? LinearOf(Node node)
    {
        if (node.Float("alpha", 1) != 1 || node.Int("transA", 0) != 0 || node.Int("transBatchA", 0) != 0 || node.Int("transBatchB", 0) != 0) return null;
        int outputs = node.Int("transB", 0) != 0 ? 0 : 1;
        return new() { OutputsAxis = outputs, InputsAxis = 1 - outputs, ChannelAxis = -1 };
    }

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Append(Ordered(c.Node, "A", c.Input(0))[^1]));

    private static T[] Batch<T>(T[] axes) => axes.Length > 2 ? axes[..^2] : [];

    private static T[] Row<T>(T[] axes) => axes.Length > 1 ? [axes[^2]] : [];

    private static T[] Column<T>(T[] axes) => axes.Length > 1 ? [axes[^1]] : [];

    private static bool Bit(bool[] batch, int fromEnd) => batch.Length + fromEnd >= 0 && batch[batch.Length + fromEnd];

    // The axes in the order of a plain matrix product.
    private static T[] Ordered<T>(Node node, string operand, IReadOnlyList<T> axes)
    {
        T[] order = [.. axes];
        if (order.Length < 2) return order;
        if (node.Int($"transBatch{operand}", 0) != 0) order = [.. order[1..^1], order[0], order[^1]];
        if (node.Int($"trans{operand}", 0) != 0) (order[^1], order[^2]) = (order[^2], order[^1]);
        return order;
    }
}
