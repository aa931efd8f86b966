using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// GroupNormalization: whole groups (g) leave exactly; channels of every group (i) share statistics, so that removing them is approximate.
/// </summary>
internal sealed class GroupNormalization : Operator
{
    // Until opset 20 there is one scale per group, since 21 one per channel.
    private static readonly Notation PerGroup = Notation.Parse("n g*i ~, g, g -> n g*i ~");
    private static readonly Notation PerChannel = Notation.Parse("n g*i ~, g*i, g*i -> n g*i ~");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c)
    {
        var names = c.Rule(c.Node.Opset < 21 ? PerGroup : PerChannel, ("g", c.Node.Int("num_groups", 1)));
        GroupedChannels.State(c, names);
        c.Record("i", names["i"]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Recorded("i"), exact: false, "normalises over the channels of a group");
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == 1 && c.Input(1)[0] && c.Input(2)[0]));
    }

    public override void Adjust(AdjustContext c) => c.SetAttribute("num_groups", c.KeptRecorded("g").Value);
}
