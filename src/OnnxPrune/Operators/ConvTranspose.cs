using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>ConvTranspose: the weight's first axis counts input channels, its second the output channels of one group.</summary>
internal sealed class ConvTranspose : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n g*i ~, g*i o ~, g*o? -> n g*o ~");

    public override bool AcceptsUnknownRanks => true;

    public override void InferShapes(ShapeContext c)
    {
        var weight = c.Shape(1);
        c.AssumeRank(0, weight.Length);
        var x = c.Shape(0);
        if (x.Length != weight.Length || x.Length < 3) c.Infeasible($"input of rank {x.Length}, weight of rank {weight.Length}");
        if (x[1].IsKnown && !x[1].Same(weight[0])) c.Infeasible($"{x[1]} channels, weight {weight[0]}");
        var channels = weight[1] * Size.Of(c.Node.Int("group", 1));
        c.Output([x[0], channels, .. new SpatialWindow(c.Node, weight[2..]).Transposed(x[2..])]);
    }

    public override void Couple(CouplingContext c) => GroupedChannels.State(c, c.Rule(Coupling, ("g", c.Node.Int("group", 1))));

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(0)[1], c.Input(0)[1] || c.Input(1)[0], "sums over channels that are not zero");
        // Output channels are g*o: a removed group has zeros in the first axis, a removed channel of every group in the second.
        bool channel = c.Input(1)[0] && c.Input(1)[1] && (!c.Has(2) || c.Input(2)[0]);
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == 0 ? c.Input(0)[0] && !c.Has(2) : axis == 1 && channel));
    }

    public override void CountMacs(MacContext c) => c.Add(c.Input(0).Concat(c.Input(1).Skip(1)));

    public override void Adjust(AdjustContext c)
    {
        long group = c.KeptRecorded("g").Value;
        if (group != c.Node.Int("group", 1)) c.SetAttribute("group", group);
    }
}
