using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// QLinearAveragePool and QLinearGlobalAveragePool of com.microsoft: channels pass, space is mixed. Channels are in the second axis or, with the attribute
/// channels_last, in the last.
/// </summary>
internal sealed class QLinearPool : QuantizedFunction
{
    private static readonly Notation ChannelsFirst = Notation.Parse("n c ~ -> n c ~");

    private static readonly Notation ChannelsLast = Notation.Parse("n ~ c -> n ~ c");

    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (x.Length < 3) c.Infeasible($"input of rank {x.Length}");
        var space = IsLast(c.Node) ? x[1..^1] : x[2..];
        bool isGlobal = c.Node.OpType == "QLinearGlobalAveragePool";
        var kernel = (c.Node.Ints("kernel_shape") ?? []).Select(Size.Of).ToList();
        if (!isGlobal && kernel.Count != space.Length) c.Infeasible($"a kernel of {kernel.Count} axes over an input of rank {x.Length}");
        var pooled = isGlobal ? space.Select(_ => Size.One) : new SpatialWindow(c.Node, kernel).Forward(space);
        c.Output(0, ResultType(c), IsLast(c.Node) ? [x[0], .. pooled, x[^1]] : [x[0], x[1], .. pooled]);
    }

    public override void Couple(CouplingContext c) => c.Rule(IsLast(c.Node) ? ChannelsLast : ChannelsFirst);

    public override Signs SignsOf(SignContext context) => context.QuantizedInput(0);

    public override void FlowZeros(ZeroContext c)
    {
        int channels = IsLast(c.Node) ? c.Layout(0).Count - 1 : 1;
        State(c, c.QuantizedInput(0).Select((bit, axis) => bit && (axis == 0 || axis == channels)));
    }

    protected override IEnumerable<int> Operands(Node node) => [0];

    protected override int ResultScale(Node node) => 3;

    private static bool IsLast(Node node) => node.Int("channels_last", 0) != 0;
}
