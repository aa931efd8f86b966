using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.FusedGemm: Gemm behind an activation.</summary>
internal sealed class FusedGemm : Operator
{
    private readonly Gemm gemm = new();

    public override void InferShapes(ShapeContext c) => gemm.InferShapes(c);

    public override void Couple(CouplingContext c) => gemm.Couple(c);

    public override Signs SignsOf(SignContext context) => FusedActivation.SignsOf(context.Node);

    public override void FlowZeros(ZeroContext c)
    {
        gemm.FlowZeros(c);
        if (!FusedActivation.KeepsZero(c.Node)) c.Output(0, false, false);
    }

    public override LinearView? LinearOf(Node node) => gemm.LinearOf(node) is { } view ? FusedActivation.Before(node, view, "Gemm") : null;

    public override void CountMacs(MacContext c) => gemm.CountMacs(c);
}
