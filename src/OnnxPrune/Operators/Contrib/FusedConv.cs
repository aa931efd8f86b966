using OnnxPrune.Layouts;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.FusedConv: a convolution, to which a fourth input is added, behind an activation.</summary>
internal sealed class FusedConv : Operator
{
    private const int Bias = 2, Sum = 3;

    private readonly Conv conv = new();

    public override void InferShapes(ShapeContext c) => conv.InferShapes(c);

    public override void Couple(CouplingContext c)
    {
        conv.Couple(c);
        if (!c.Has(Sum)) return;
        foreach (var (result, added) in c.OutputLayout(0).Zip(c.Input(Sum))) c.Unify(result, added);
    }

    public override Signs SignsOf(SignContext context) => FusedActivation.SignsOf(context.Node);

    public override void FlowZeros(ZeroContext c)
    {
        conv.FlowZeros(c);
        bool channel = c.Input(1)[0] && (!c.Has(Bias) || c.Input(Bias)[0]) && (!c.Has(Sum) || c.Input(Sum)[1]);
        c.Output(0, c.OutputLayout(0).Select((_, axis) => axis == 1 && channel && FusedActivation.KeepsZero(c.Node)));
    }

    public override LinearView? LinearOf(Node node) => conv.LinearOf(node) is { } view ? FusedActivation.Before(node, view, "Conv", Sum) : null;

    public override void CountMacs(MacContext c) => conv.CountMacs(c);

    public override void Adjust(AdjustContext c) => conv.Adjust(c);
}
