using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.GroupNorm: GroupNormalization with channels last by default, perhaps behind a Swish, which keeps zeros.</summary>
internal sealed class ChannelsLastGroupNormalization : Operator
{
    private static readonly Notation Last = Notation.Parse("n ~ g*i, g*i, g*i -> n ~ g*i");
    private static readonly Notation First = Notation.Parse("n g*i ~, g*i, g*i -> n g*i ~");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c)
    {
        var names = c.Rule(IsChannelsLast(c.Node) ? Last : First, ("g", c.Node.Int("groups", 1)));
        c.Record("g", names["g"]);
        c.Record("i", names["i"]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        c.Contract(c.Recorded("i"), exact: false, "normalises over the channels of a group");
        int channels = IsChannelsLast(c.Node) ? c.OutputLayout(0).Count - 1 : 1;
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == channels && c.Input(1)[0] && c.Input(2)[0]));
    }

    public override void Adjust(AdjustContext c) => c.SetAttribute("groups", c.KeptRecorded("g").Value);

    private static bool IsChannelsLast(Node node) => node.Int("channels_last", 1) != 0;
}
