using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.GemmFastGelu: a matrix product with a bias for each column, behind an approximation of Gelu.</summary>
internal sealed class GemmFastGelu : MatMul
{
    private const int Bias = 2;

    public override Signs SignsOf(SignContext c) => Signs.Any;

    public override void Couple(CouplingContext c)
    {
        base.Couple(c);
        if (c.Has(Bias)) c.Unify(c.Input(Bias)[^1], c.OutputLayout(0)[^1]);
    }

    public override LinearView? LinearOf(Node node) => null;

    protected override void State(ZeroContext c, IEnumerable<bool> bits) => c.Output(0, Biased.Bits(c, Bias, bits));
}
