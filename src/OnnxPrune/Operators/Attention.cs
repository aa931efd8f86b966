using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// Attention: every head of keys and values (k) serves r heads of queries; queries and keys share the head size d, values have their
/// own (e). Heads are an axis of their own, or folded into the last one; the specification of Attention-23 and -24.
/// </summary>
internal sealed class Attention : Operator
{
    private const int Mask = 3, PastKey = 4, PastValue = 5;

    private static readonly Notation Folded = Notation.Parse("n . k*r*d, n . k*d, n . k*e -> n . k*r*e, n k . d, n k . e, n k*r . .");
    private static readonly Notation Apart = Notation.Parse("n k*r . d, n k . d, n k . e -> n k*r . e, n k . d, n k . e, n k*r . .");

    public override void InferShapes(ShapeContext c)
    {
        var (q, k, v) = (c.Shape(0), c.Shape(1), c.Shape(2));
        if (q.Length is not (3 or 4) || k.Length != q.Length || v.Length != q.Length)
            c.Infeasible($"operands of rank {q.Length}, {k.Length} and {v.Length}");
        var heads = Heads.Of(c.Node, q, k, v);
        if (!heads.Fit(q, k)) c.Infeasible("its heads do not fit its operands");
        var (batch, queries, keys) = (q[0], q[^2], k[^2]);
        if (c.Has(PastKey)) keys += c.Shape(PastKey)[2];
        c.Output(0, c.Input(0).Type, IsFolded(q) ? [batch, queries, heads.Query * heads.Value] : [batch, heads.Query, queries, heads.Value]);
        c.Output(1, c.Input(1).Type, [batch, heads.Key, keys, heads.Size]);
        c.Output(2, c.Input(2).Type, [batch, heads.Key, keys, heads.Value]);
        c.Output(3, c.Input(0).Type, [batch, heads.Query, queries, keys]);
    }

    public override void Couple(CouplingContext c)
    {
        var (q, k, v) = (c.InputType(0).Shape!, c.InputType(1).Shape!, c.InputType(2).Shape!);
        var heads = Heads.Of(c.Node, q, k, v);
        var names = c.Rule(
            IsFolded(q) ? Folded : Apart,
            ("k", heads.Key.Value), ("r", (heads.Query / heads.Key).Value), ("d", heads.Size.Value), ("e", heads.Value.Value));
        foreach (string name in new[] { "k", "r", "d", "e" }) c.Record(name, names[name]);
        HeadRoles.State(c, names, heads: "kr", features: "de");
        ScoreMask.Couple(c, Mask, names["n"], c.Product(names["k"], names["r"]));
        Past(c, PastKey, names["n"], names["k"], names["d"]);
        Past(c, PastValue, names["n"], names["k"], names["e"]);
        for (int input = PastValue + 1; input < c.Node.Inputs.Length; input++) if (c.Has(input)) c.Pin(c.Input(input), "counts positions");
    }

    // A head of queries that is removed may still attend, evenly: the values decide whether its result is zero.
    public override void FlowZeros(ZeroContext c)
    {
        var (q, k, v) = (c.Input(0), c.Input(1), c.Input(2));
        c.Contract(c.Recorded("d"), q[^1] || (k[^1] && Holds(c, PastKey, 3)), "sums over features that are not zero");
        bool single = c.IsPinned(c.Recorded("r"));
        bool values = v[^1] && Holds(c, PastValue, 3);
        if (q.Count == 3) c.Output(0, false, false, values && single && Holds(c, PastValue, 1));
        else c.Output(0, false, v[1] && single && Holds(c, PastValue, 1), false, values);
    }

    public override void CountMacs(MacContext c)
    {
        c.Add(c.Input(0).Append(c.Input(1)[^2]));
        c.Add(c.Output(0).Append(c.Input(1)[^2]));
    }

    public override void Adjust(AdjustContext c)
    {
        var keys = c.KeptRecorded("k");
        if (c.KeptInput(0).Count == 3 && (keys != c.OldRecorded("k") || c.KeptRecorded("r") != c.OldRecorded("r")))
        {
            c.SetAttribute("q_num_heads", (keys * c.KeptRecorded("r")).Value);
            c.SetAttribute("kv_num_heads", keys.Value);
        }
        AttentionScale.Keep(c);
    }

    private static bool IsFolded(Size[] q) => q.Length == 3;

    private static bool Holds(ZeroContext c, int past, int axis) => !c.Has(past) || c.Input(past)[axis];

    private static void Past(CouplingContext c, int input, Term batch, Term heads, Term size)
    {
        if (!c.Has(input)) return;
        var past = c.Input(input);
        c.Unify(past[0], batch);
        c.Unify(past[1], heads);
        c.Pin(past[2], "counts positions");
        c.Unify(past[3], size);
    }

    /// <summary>Numbers of heads, and their sizes.</summary>
    private readonly record struct Heads(Size Query, Size Key, Size Size, Size Value)
    {
        public static Heads Of(Node node, Size[] q, Size[] k, Size[] v)
        {
            if (!IsFolded(q)) return new Heads(q[1], k[1], q[3], v[3]);
            var (query, key) = (Size.Of(node.Int("q_num_heads", 0)), Size.Of(node.Int("kv_num_heads", 0)));
            return new Heads(query, key, q[2] / query, v[2] / key);
        }

        public bool Fit(Size[] q, Size[] k) =>
            Key.Divides(Query) && (!IsFolded(q) || ((Query * Size).Same(q[2]) && (Key * Size).Same(k[2]))) && Size.IsKnown && Value.IsKnown;
    }
}
