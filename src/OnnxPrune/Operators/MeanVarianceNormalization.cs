using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>MeanVarianceNormalization: statistics over some axes, by default all but the channels.</summary>
internal sealed class MeanVarianceNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    // The specification divides by the deviation without an epsilon: a channel of zeros becomes 0/0, so no axis is exactly prunable.
    public override void FlowZeros(ZeroContext c)
    {
        foreach (var axis in c.Layout(0)) c.Contract(axis, exact: false, "divides by the deviation, which is zero for zeros");
    }
}
