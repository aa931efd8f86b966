using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>LSTM, GRU and RNN, in one or both directions: the hidden units (h) of all gates leave together, and hidden_size shrinks.
/// A step in time never leaves: the state changes even where the input is zero.</summary>
/// <param name="gates">Gates, stacked in the first axis of W and R: LSTM 4, GRU 3, RNN 1.</param>
internal class Recurrent(long gates) : Operator
{
    private static readonly Notation TimeFirst = Notation.Parse(
        ". b i, . G*h i, . G*h h, . B*h?, b?, . b h?, . b h?, . P*h? -> . . b h, . b h, . b h");

    private static readonly Notation BatchFirst = Notation.Parse(
        "b . i, . G*h i, . G*h h, . B*h?, b?, b . h?, b . h?, . P*h? -> b . . h, b . h, b . h");

    private static readonly HashSet<string> ZeroToZero = new(StringComparer.OrdinalIgnoreCase)
    {
        "Elu", "LeakyRelu", "Relu", "ScaledTanh", "Softsign", "Tanh",
    };

    public override void InferShapes(ShapeContext c)
    {
        var (x, r) = (c.Shape(0), c.Shape(2));
        if (x.Length != 3 || r.Length != 3) c.Infeasible($"input of rank {x.Length}, recurrence of rank {r.Length}");
        States(c, r[0], r[2], IsBatchFirst(c.Node));
    }

    /// <summary>States the shapes of the outputs.</summary>
    protected static void States(ShapeContext c, Size directions, Size hidden, bool isBatchFirst)
    {
        var (type, x) = (c.Input(0).Type, c.Shape(0));
        Size batch = x[isBatchFirst ? 0 : 1], time = x[isBatchFirst ? 1 : 0];
        Size[] state = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        c.Output(0, type, isBatchFirst ? [batch, time, directions, hidden] : [time, directions, batch, hidden]);
        c.Output(1, type, state);
        c.Output(2, type, state);
    }

    public override void Couple(CouplingContext c)
    {
        long hidden = c.InputType(2).Shape![2].Value;
        var names = c.Rule(IsBatchFirst(c.Node) ? BatchFirst : TimeFirst, ("G", gates), ("B", 2 * gates), ("P", 3), ("h", hidden));
        c.Record("h", names["h"]);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 4;

    // With zero weights, biases and states, a candidate whose activation maps zero to zero is 0 for any gates, so the state remains 0.
    // What a unit that is not zero passes on to the others must be multiplied by zeros.
    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(0)[2], c.Input(0)[2] || c.Input(1)[2], "sums over features that are not zero");
        bool weights = c.Input(1)[1] && c.Input(2)[1] && c.Input(2)[2] && (!c.Has(3) || c.Input(3)[1]);
        bool zero = weights && KeepsZeros(c);
        c.Contract(c.Layout(2)[2], zero || c.Input(2)[2], "sums over hidden units that are not zero");
        StateZeros(c, zero);
    }

    /// <summary>States if the hidden units of all outputs are zero.</summary>
    protected static void StateZeros(ZeroContext c, bool zero)
    {
        c.Output(0, false, false, false, zero);
        c.Output(1, false, false, zero);
        c.Output(2, false, false, zero);
    }

    public override void CountMacs(MacContext c)
    {
        c.Add(c.Input(0).Take(2).Concat(c.Input(1)));
        c.Add(c.Input(0).Take(2).Concat(c.Input(2)));
    }

    public override void Adjust(AdjustContext c) => c.SetAttribute("hidden_size", c.KeptRecorded("h").Value);

    /// <summary>True if a unit with zero weights and biases stays zero: its initial states are zero, and so are its activations of zero.</summary>
    protected bool KeepsZeros(ZeroContext c)
    {
        if ((c.Has(5) && !c.Input(5)[2]) || (c.Has(6) && !c.Input(6)[2])) return false;
        // Per direction, an RNN has one activation, a GRU those of its gates and its candidate, an LSTM those of its gates, its candidate
        // and its output. The defaults of all but the gates are Tanh.
        if (c.Node.Attribute("activations") is not { Strings: { Count: > 0 } names }) return true;
        int perDirection = gates == 4 ? 3 : gates == 3 ? 2 : 1;
        return names.Where((_, i) => perDirection == 1 || i % perDirection > 0).All(name => ZeroToZero.Contains(name.ToStringUtf8()));
    }

    private static bool IsBatchFirst(Node node) => node.Int("layout", 0) != 0;
}
