using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// DeformConv: a convolution whose window is moved by computed offsets. Input channels are g*i for the weights and q*j for the offsets,
/// of which every q has one pair per element of the kernel, and every mask one number.
/// </summary>
internal sealed class DeformConv : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n g*i . ., g*o i . ., n q*P . ., g*o?, n q*K . .? -> n g*o . .");

    public override void InferShapes(ShapeContext c)
    {
        var (x, weight) = (c.Shape(0), c.Shape(1));
        if (x.Length != 4 || weight.Length != 4) c.Infeasible($"input of rank {x.Length}, weight of rank {weight.Length}");
        if (x[1].IsKnown && !x[1].Same(weight[1] * Size.Of(c.Node.Int("group", 1)))) c.Infeasible($"{x[1]} channels, weight {weight[1]}");
        c.Output([x[0], weight[0], .. new SpatialWindow(c.Node, weight[2..]).Forward(x[2..])]);
    }

    public override void Couple(CouplingContext c)
    {
        var kernel = c.InputType(1).Shape!;
        long elements = (kernel[2] * kernel[3]).Value, offsets = c.Node.Int("offset_group", 1);
        var names = c.Rule(Coupling, ("g", c.Node.Int("group", 1)), ("q", offsets), ("P", 2 * elements), ("K", elements));
        c.Unify(c.Input(0)[1], c.Product(names["q"], c.Fresh(c.SizeOf(c.Input(0)[1]) / Size.Of(offsets))));
        c.Record("g", names["g"]);
        c.Record("q", names["q"]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(0)[1], c.Input(0)[1] || c.Input(1)[1], "sums over channels that are not zero");
        c.Output(0, false, c.Input(1)[0] && (!c.Has(3) || c.Input(3)[0]), false, false);
    }

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Concat(c.Input(1).Skip(1)));

    public override void Adjust(AdjustContext c)
    {
        Set(c, "group", c.KeptRecorded("g").Value);
        Set(c, "offset_group", c.KeptRecorded("q").Value);
    }

    private static void Set(AdjustContext c, string attribute, long wanted)
    {
        if (c.Node.Int(attribute, 1) != wanted) c.SetAttribute(attribute, wanted);
    }
}
