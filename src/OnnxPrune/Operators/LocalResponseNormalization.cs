using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>LRN: every channel is divided by a sum over its neighbours, so that no channel can leave.</summary>
internal sealed class LocalResponseNormalization : Operator
{
    private static readonly Notation Coupling = Notation.Parse("n . ... -> n . ...");

    public override void InferShapes(ShapeContext c) => c.Output(c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));
}
