using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.MultiHeadAttention: h heads, folded into the last axis of queries, keys and values, or, of keys and values, an axis of
/// their own. Queries and keys share the head size d, values have their own (e), unless states hold both. Packed forms are left alone.
/// </summary>
internal sealed class MultiHeadAttention : Operator
{
    private const int Key = 1, Value = 2, Bias = 3, PaddingMask = 4, ScoreBias = 5, PastKey = 6, PastValue = 7;

    private static readonly Notation Folded = Notation.Parse("n . h*d, n . h*d, n . h*e, h*d+h*d+h*e? -> n . h*e, n h . d, n h . e, n h . .");
    private static readonly Notation Crossed = Notation.Parse("n . h*d, n h . d, n h . e, h*d+h*d+h*e? -> n . h*e, n h . d, n h . e, n h . .");

    public override void InferShapes(ShapeContext c)
    {
        var q = c.Shape(0);
        var heads = Size.Of(c.Node.Int("num_heads", 0));
        var type = c.Input(0).Type;
        if (q.Length == 5) c.Output([q[0], q[1], q[2] * q[4]]);
        else if (q.Length != 3) c.Infeasible($"queries of rank {q.Length}");
        else if (IsPacked(c.Node)) c.Output(q);
        else
        {
            var (k, v) = (c.Shape(Key), c.Shape(Value));
            if (k.Length != v.Length || k.Length is not (3 or 4)) c.Infeasible($"keys of rank {k.Length}, values of rank {v.Length}");
            if (!heads.Divides(q[2]) || (k.Length == 3 && !heads.Divides(v[2]))) c.Infeasible("its heads do not fit its operands");
            var (keys, value) = (c.Has(PastKey) ? k[^2] + c.Shape(PastKey)[2] : k[^2], k.Length == 3 ? v[2] / heads : v[3]);
            c.Output([q[0], q[1], heads * value]);
            c.Output(1, type, [q[0], heads, keys, q[2] / heads]);
            c.Output(2, type, [q[0], heads, keys, value]);
            c.Output(3, type, [q[0], heads, q[1], keys]);
        }
    }

    public override void Couple(CouplingContext c)
    {
        if (IsPacked(c.Node))
        {
            c.PinAll("packed queries, keys and values");
            return;
        }
        bool crossed = c.Input(Value).Count == 4;
        var heads = Size.Of(c.Node.Int("num_heads", 0));
        var value = c.SizeOf(c.Input(Value)[^1]) / (crossed ? Size.One : heads);
        var names = c.Rule(crossed ? Crossed : Folded, ("h", heads.Value), ("d", (c.SizeOf(c.Input(0)[2]) / heads).Value), ("e", value.Value));
        foreach (string name in new[] { "h", "d", "e" }) c.Record(name, names[name]);
        HeadRoles.State(c, names, heads: "h", features: "de");
        // The runtime demands equal shapes where keys and values come as states, and declares equal ones where they leave so.
        if (crossed || c.Has(PastKey) || c.Node.Outputs.Length > 1) c.Unify(names["d"], names["e"]);
        ScoreMask.Couple(c, ScoreBias, names["n"], names["h"]);
        if (c.Has(PaddingMask)) c.Pin(c.Input(PaddingMask), "masks positions");
        Past(c, PastKey, names["n"], names["h"], names["d"]);
        Past(c, PastValue, names["n"], names["h"], names["e"]);
        for (int input = PastValue + 1; input < c.Node.Inputs.Length; input++) if (c.Has(input)) c.Pin(c.Input(input), "counts positions");
    }

    public override void FlowZeros(ZeroContext c)
    {
        if (IsPacked(c.Node)) return;
        bool unbiased = !c.Has(Bias) || c.Input(Bias)[0];
        bool keys = Zero(c, Key) && (!c.Has(PastKey) || c.Input(PastKey)[3]);
        c.Contract(c.Recorded("d"), unbiased && (c.Input(0)[2] || keys), "sums over features that are not zero");
        c.Output(0, false, false, unbiased && Zero(c, Value) && (!c.Has(PastValue) || (c.Input(PastValue)[1] && c.Input(PastValue)[3])));
    }

    public override void CountMacs(MacContext c)
    {
        if (IsPacked(c.Node)) return;
        c.Add(c.Input(0).Append(c.Input(Key)[^2]));
        c.Add(c.Output(0).Append(c.Input(Key)[^2]));
    }

    public override void Adjust(AdjustContext c)
    {
        if (IsPacked(c.Node)) return;
        if (c.KeptRecorded("h") != c.OldRecorded("h")) c.SetAttribute("num_heads", c.KeptRecorded("h").Value);
        AttentionScale.Keep(c);
    }

    private static bool IsPacked(Node node) => node.Inputs is not [_, not null, not null, ..];

    // Keys or values, in either form: heads and features.
    private static bool Zero(ZeroContext c, int input) => c.Input(input) is [_, var heads, _, var size] ? heads && size : c.Input(input)[2];

    private static void Past(CouplingContext c, int input, Term batch, Term heads, Term size)
    {
        if (!c.Has(input)) return;
        var past = c.Input(input);
        c.Unify(past[0], batch);
        c.Unify(past[1], heads);
        c.Pin(past[2], "counts positions");
        c.Unify(past[3], size);
    }
}
