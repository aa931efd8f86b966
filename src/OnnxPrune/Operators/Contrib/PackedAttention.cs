using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.Attention: self-attention with the projections of queries, keys and values concatenated in one matrix. h heads;
/// queries and keys share the head size d, values have their own (e), except where past states hold both.
/// </summary>
internal sealed class PackedAttention : Operator
{
    private const int Weight = 1, Bias = 2, Mask = 3, Past = 4, ScoreBias = 5;

    private static readonly Notation Coupling = Notation.Parse("n . i, i h*d+h*d+h*e, h*d+h*d+h*e? -> n . h*e");

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (x.Length != 3 || c.Shape(Weight).Length != 2) c.Infeasible($"input of rank {x.Length}, weight of rank {c.Shape(Weight).Length}");
        var (heads, size, value) = Heads(c.Node, c.Shape(Weight)[1]);
        if (!(heads * (size + size + value)).Same(c.Shape(Weight)[1])) c.Infeasible("its heads do not fit its weight");
        c.Output([x[0], x[1], heads * value]);
        var total = c.Has(Past) ? c.Shape(Past)[3] + x[1] : x[1];
        c.Output(1, c.Input(0).Type, [Size.Of(2), x[0], heads, c.Node.Int("past_present_share_buffer", 0) != 0 ? Size.Unknown : total, size]);
    }

    public override void Couple(CouplingContext c)
    {
        var (heads, size, value) = Heads(c.Node, c.InputType(Weight).Shape![1]);
        var names = c.Rule(Coupling, ("h", heads.Value), ("d", size.Value), ("e", value.Value));
        foreach (string name in new[] { "h", "d", "e" }) c.Record(name, names[name]);
        HeadRoles.State(c, names, heads: "h", features: "de");
        if (c.Has(Past) || c.Node.Outputs.Length > 1) c.Unify(names["d"], names["e"]);
        if (c.Node.Int("do_rotary", 0) != 0) c.Pin(names["d"], "turns pairs of features");
        ScoreMask.Couple(c, ScoreBias, names["n"], names["h"]);
        if (c.Has(Mask)) c.Pin(c.Input(Mask), "masks positions");
        for (int input = ScoreBias + 1; input < c.Node.Inputs.Length; input++) if (c.Has(input)) c.Pin(c.Input(input), "counts positions");
        if (c.Has(Past)) foreach (var (past, term) in c.Input(Past).Zip(State(c, Past, names))) c.Unify(past, term);
        if (c.Node.Outputs is [_, not null, ..]) c.Output(1, State(c, 1, names, c.OutputShape(1)));
    }

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(0)[2], c.Input(0)[2] || c.Input(Weight)[0], "sums over features that are not zero");
        bool projected = c.Input(Weight)[1] && (!c.Has(Bias) || c.Input(Bias)[0]);
        c.Contract(c.Recorded("d"), projected, "sums over features that are not zero");
        c.Output(0, false, false, projected && (!c.Has(Past) || (c.Input(Past)[2] && c.Input(Past)[4])));
    }

    public override void CountMacs(MacContext c)
    {
        c.Add(c.Input(0).Append(c.Input(Weight)[1]));
        c.Add(c.Output(0).Append(c.Input(0)[1]));
        c.Add(c.Output(0).Append(c.Input(0)[1]));
    }

    public override void Adjust(AdjustContext c)
    {
        var (heads, size, value) = (c.KeptRecorded("h"), c.KeptRecorded("d"), c.KeptRecorded("e"));
        if (heads != c.OldRecorded("h")) c.SetAttribute("num_heads", heads.Value);
        if (c.Node.Ints("qkv_hidden_sizes") is not null || !size.Same(value))
            c.SetAttribute("qkv_hidden_sizes", [(heads * size).Value, (heads * size).Value, (heads * value).Value]);
        AttentionScale.Keep(c);
    }

    private static Term[] State(CouplingContext c, int slot, IReadOnlyDictionary<string, Term> names, IReadOnlyList<Size>? shape = null) =>
        [c.Fixed(Size.Of(2)), names["n"], names["h"], c.Fixed(shape is null ? c.SizeOf(c.Input(slot)[3]) : shape[3]), names["d"]];

    private static (Size Count, Size Size, Size Value) Heads(Node node, Size packed)
    {
        var heads = Size.Of(node.Int("num_heads", 0));
        if (node.Ints("qkv_hidden_sizes") is not [var query, _, var value])
            return (heads, packed / (Size.Of(3) * heads), packed / (Size.Of(3) * heads));
        return (heads, Size.Of(query) / heads, Size.Of(value) / heads);
    }
}
