using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.NhwcConv: a convolution with channels last, in the input, the weight and the output.</summary>
internal sealed class NhwcConv : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n ~ g*i, g*o ~ i, g*o? -> n ~ g*o");

    public override void InferShapes(ShapeContext c)
    {
        var (x, weight) = (c.Shape(0), c.Shape(1));
        if (x.Length != weight.Length || x.Length < 3) c.Infeasible($"input of rank {x.Length}, weight of rank {weight.Length}");
        if (x[^1].IsKnown && !x[^1].Same(weight[^1] * Size.Of(c.Node.Int("group", 1)))) c.Infeasible($"{x[^1]} channels, weight {weight[^1]}");
        c.Output([x[0], .. new SpatialWindow(c.Node, weight[1..^1]).Forward(x[1..^1]), weight[0]]);
    }

    public override void Couple(CouplingContext c) => c.Record("g", c.Rule(Coupling, ("g", c.Node.Int("group", 1)))["g"]);

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Layout(0)[^1], c.Input(0)[^1] || c.Input(1)[^1], "sums over channels that are not zero");
        bool channel = c.Input(1)[0] && (!c.Has(2) || c.Input(2)[0]);
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == c.OutputLayout(0).Count - 1 && channel));
    }

    // No CPU provider has a kernel for it, so such layers are measured only where a provider has one.
    public override LinearView? LinearOf(Node node) => new()
    {
        Bias = 2,
        Groups = (int)node.Int("group", 1),
        OutputsAxis = 0,
        InputsAxis = node.Inputs.ElementAtOrDefault(1)?.Initializer is { } weight ? weight.Dims.Count - 1 : 3,
        ChannelAxis = -1,
        Window = ConvolutionWindow.Of(node, isTransposed: false),
    };

    public override void CountMacs(MacContext c) => c.Add(c.Output(0).Concat(c.Input(1).Skip(1)));

    public override void Adjust(AdjustContext c)
    {
        long group = c.KeptRecorded("g").Value;
        if (group != c.Node.Int("group", 1)) c.SetAttribute("group", group);
    }
}
