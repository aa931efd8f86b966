using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Transpose: axes in another order; reversed without <c>perm</c>.</summary>
internal sealed class Transpose : Operator
{
    public override bool AcceptsUnknownRanks => true;

    public override void InferShapes(ShapeContext c)
    {
        if (c.Node.Ints("perm") is { } perm) c.AssumeRank(0, perm.Length);
        if (c.Has(0) && c.Input(0).Shape is null) return;
        var x = c.Shape(0);
        int[] order = Order(c.Node, x.Length);
        if (!order.Order().SequenceEqual(Enumerable.Range(0, x.Length))) c.Infeasible("perm is not a permutation");
        var shape = Permuted(x, order);
        c.Output(shape, ContentArithmetic.Pick(c.Content(0), shape, to => [.. order.Index().OrderBy(o => o.Item).Select(o => to[o.Index])]));
    }

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c) => c.Output(0, Permuted(c.Input(0), Order(c.Node, c.Input(0).Count)));

    public override void FlowZeros(ZeroContext c) => c.Output(0, Permuted(c.Input(0), Order(c.Node, c.Input(0).Count)));

    private static int[] Order(Node node, int rank) =>
        node.Ints("perm")?.Select(p => (int)p).ToArray() ?? [.. Enumerable.Range(0, rank).Reverse()];

    private static T[] Permuted<T>(IReadOnlyList<T> x, int[] order) => [.. order.Select(i => x[i])];
}
