using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// RotaryEmbedding: turns pairs (f) of features of every head by angles from two tables. A pair leaves whole: the features are 2·f in
/// halves, f·2 interleaved, and may be followed by some that are not turned. Heads may be folded into the last axis.
/// </summary>
/// <param name="tables">The slot of the table of cosines; that of sines is next.</param>
/// <param name="positions">The slot of the positions.</param>
internal sealed class RotaryEmbedding(int tables, int positions) : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (x.Length is not (3 or 4)) c.Infeasible($"input of rank {x.Length}");
        var (turned, size) = (Turned(c.Node, c.Shape(tables)), HeadSize(c.Node, x, c.Shape(tables)));
        if (!turned.AtMost(size) || (x[^1].IsKnown && !size.Divides(x[^1]))) c.Infeasible($"turns {turned} of {size} features of {x[^1]}");
        c.Output(x);
    }

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        var table = c.InputShape(tables);
        var (turned, size) = (Turned(c.Node, table), HeadSize(c.Node, c.InputShape(0), table));
        var pairs = c.Fresh(turned / Size.Of(2));
        var features = Features(c, pairs, size - turned);
        var heads = c.Fresh(c.SizeOf(x[^1]) / size);
        c.Unify(x[^1], c.Product(heads, features));
        foreach (int slot in new[] { tables, tables + 1 })
        {
            c.Pin(c.Input(slot).SkipLast(1), "names positions");
            c.Unify(c.Input(slot)[^1], pairs);
        }
        c.Pin(x[^2], "has positions");
        if (c.Has(positions)) c.Pin(c.Input(positions), "names positions");
        c.Record("h", x.Count == 4 ? x[1] : heads);
        c.Record("f", pairs);
        c.Output(0, x);
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));

    public override void Adjust(AdjustContext c)
    {
        Set(c, "num_heads", c.KeptRecorded("h"));
        Set(c, "rotary_embedding_dim", c.KeptRecorded("f") * Size.Of(2));
    }

    private static void Set(AdjustContext c, string attribute, Size wanted)
    {
        long now = c.Node.Int(attribute, 0);
        if (now != 0 && now != wanted.Value) c.SetAttribute(attribute, wanted.Value);
    }

    private static Term Features(CouplingContext c, Term pairs, Size rest)
    {
        var two = c.Fixed(Size.Of(2));
        var turned = c.Node.Int("interleaved", 0) != 0 ? c.Product(pairs, two) : c.Product(two, pairs);
        return rest.Same(Size.Zero) ? turned : c.Concat(turned, c.Fresh(rest));
    }

    private static Size Turned(Node node, Axes<Size> table) =>
        node.Int("rotary_embedding_dim", 0) is > 0 and var dim ? Size.Of(dim) : table[^1] * Size.Of(2);

    private static Size HeadSize(Node node, Axes<Size> x, Axes<Size> table)
    {
        if (x.Length == 4) return x[3];
        return node.Int("num_heads", 0) is > 0 and var heads ? x[2] / Size.Of(heads) : Turned(node, table);
    }
}
