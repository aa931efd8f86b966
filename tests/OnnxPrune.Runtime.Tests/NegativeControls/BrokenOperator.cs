using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime.Tests.NegativeControls;

/// <summary>An operator of the table with another coupling, zero flow or rewrite: wrong on purpose.</summary>
internal sealed class BrokenOperator(
    Operator right, Action<CouplingContext>? couple = null, Action<ZeroContext>? flowZeros = null, Action<AdjustContext>? adjust = null) : Operator
{
    public override bool AcceptsUnknownRanks => right.AcceptsUnknownRanks;

    public override bool ReadsShape => right.ReadsShape;

    public override void InferShapes(ShapeContext context) => right.InferShapes(context);

    public override void Couple(CouplingContext context) => (couple ?? right.Couple)(context);

    public override bool IsShapeOperand(Node node, int slot) => right.IsShapeOperand(node, slot);

    public override bool KeepsMaskedValues(Node node, int slot) => right.KeepsMaskedValues(node, slot);

    public override bool MovesElements(Node node, int slot) => right.MovesElements(node, slot);

    public override bool IsScale(Node node, int slot) => right.IsScale(node, slot);

    public override Quantization? QuantizationOf(Node node, int slot) => right.QuantizationOf(node, slot);

    public override Signs SignsOf(SignContext context) => right.SignsOf(context);

    public override void FlowZeros(ZeroContext context) => (flowZeros ?? right.FlowZeros)(context);

    public override void CountMacs(MacContext context) => right.CountMacs(context);

    public override void Adjust(AdjustContext context) => (adjust ?? right.Adjust)(context);
}
