using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// com.microsoft.GroupQueryAttention: every head of keys and values (k) serves r heads of queries. The heads keep their size, because
/// runtimes require multiples of 8 or 16 and pair features for rotation. Keys and values that follow the queries share one axis.
/// </summary>
internal sealed class GroupQueryAttention : Operator
{
    private const int Key = 1, Value = 2, PastKey = 3, PastValue = 4, ScoreBias = 10, Sink = 11;

    private static readonly Notation Apart = Notation.Parse("n . k*r*D, n . k*D, n . k*D -> n . k*r*D, n k . D, n k . D, n k*r . .");
    private static readonly Notation Packed = Notation.Parse("n . k*r*D+k*D+k*D -> n . k*r*D, n k . D, n k . D, n k*r . .");

    public override void InferShapes(ShapeContext c)
    {
        var q = c.Shape(0);
        if (q.Length != 3) c.Infeasible($"queries of rank {q.Length}");
        var (heads, keys) = Heads(c.Node);
        var size = HeadSize(c.Node, q[2], c.Has(Key));
        if (!keys.Divides(heads) || !size.IsKnown) c.Infeasible("its heads do not fit its operands");
        var type = c.Input(0).Type;
        c.Output([q[0], q[1], heads * size]);
        c.Output(1, c.Has(PastKey) ? c.Input(PastKey).Type : type, [q[0], keys, Size.Unknown, size]);
        c.Output(2, c.Has(PastValue) ? c.Input(PastValue).Type : type, [q[0], keys, Size.Unknown, size]);
        c.Output(3, type, [q[0], heads, q[1], Size.Unknown]);
    }

    public override void Couple(CouplingContext c)
    {
        var (heads, keys) = Heads(c.Node);
        var size = HeadSize(c.Node, c.SizeOf(c.Input(0)[2]), c.Has(Key));
        var names = c.Rule(c.Has(Key) ? Apart : Packed, ("k", keys.Value), ("r", (heads / keys).Value), ("D", size.Value));
        var queries = c.Product(names["k"], names["r"]);
        c.Record("k", names["k"]);
        c.Record("r", names["r"]);
        HeadRoles.State(c, names, heads: "kr", features: "");
        Past(c, PastKey, names);
        Past(c, PastValue, names);
        ScoreMask.Couple(c, ScoreBias, names["n"], queries);
        if (c.Has(Sink)) c.Unify(c.Input(Sink)[0], queries);
        for (int input = PastValue + 1; input < c.Node.Inputs.Length; input++)
            if (c.Has(input) && input is not (ScoreBias or Sink)) c.Pin(c.Input(input), "counts positions");
    }

    // A head of queries that is removed may still attend, evenly: the values decide whether its result is zero.
    public override void FlowZeros(ZeroContext c)
    {
        bool values = c.Input(c.Has(Value) ? Value : 0)[2] && (!c.Has(PastValue) || c.Input(PastValue)[1]);
        c.Output(0, false, false, values && c.IsPinned(c.Recorded("r")));
    }

    public override void CountMacs(MacContext c)
    {
        c.Add(c.Output(0).Append(c.Input(0)[1]));
        c.Add(c.Output(0).Append(c.Input(0)[1]));
    }

    public override void Adjust(AdjustContext c)
    {
        var keys = c.KeptRecorded("k");
        if (keys == c.OldRecorded("k") && c.KeptRecorded("r") == c.OldRecorded("r")) return;
        c.SetAttribute("num_heads", (keys * c.KeptRecorded("r")).Value);
        c.SetAttribute("kv_num_heads", keys.Value);
    }

    private static void Past(CouplingContext c, int input, IReadOnlyDictionary<string, Term> names)
    {
        if (!c.Has(input)) return;
        var past = c.Input(input);
        c.Unify(past[0], names["n"]);
        c.Unify(past[1], names["k"]);
        c.Pin(past.Skip(2), "counts positions");
    }

    private static (Size Query, Size Key) Heads(Node node) => (Size.Of(node.Int("num_heads", 0)), Size.Of(node.Int("kv_num_heads", 0)));

    private static Size HeadSize(Node node, Size hidden, bool apart)
    {
        var (heads, keys) = Heads(node);
        var all = apart ? heads : heads + keys + keys;
        return all.Divides(hidden) ? hidden / all : Size.Unknown;
    }
}
