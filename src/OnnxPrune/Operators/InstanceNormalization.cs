using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>InstanceNormalization: statistics over space, per channel; channels that were merged into space are mixed.</summary>
internal sealed class InstanceNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n c ..., c, c -> n c ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c)
    {
        c.Rule(Coupling);
        foreach (var span in c.Input(0).Skip(2)) c.Role(span, AxisRole.InGroup);
    }

    public override void FlowZeros(ZeroContext c)
    {
        foreach (var span in c.Layout(0).Skip(2)) c.Contract(span, exact: false, "normalises over this axis");
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == 1 && c.Input(1)[0] && c.Input(2)[0]));
    }
}
