using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>MeanVarianceNormalization: statistics over some axes, by default all but the channels.</summary>
internal sealed class MeanVarianceNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c)
    {
        var axes = (c.Node.Ints("axes") ?? [0, 2, 3]).Select(a => ShapeContext.Axis(a, c.Layout(0).Count)).ToHashSet();
        foreach (int axis in axes) c.Contract(c.Layout(0)[axis], exact: false, "normalises over this axis");
        // A channel without weights is constant: its variance is zero, and not every runtime adds an epsilon to it.
        foreach (var term in c.Layout(0)) c.Contract(term, exact: false, "is not finite where nothing varies");
    }
}
