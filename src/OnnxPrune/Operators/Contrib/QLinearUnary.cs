using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>QLinearLeakyRelu and QLinearSigmoid of com.microsoft: functions of each quantised element.</summary>
/// <param name="keepsZero">True when f(0) = 0.</param>
/// <param name="signs">The signs of f(x), for those of x.</param>
internal sealed class QLinearUnary(bool keepsZero, Func<Signs, Signs> signs) : QuantizedFunction
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(0, ResultType(c), c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override bool Saturates(Node node) => true;

    public override Signs SignsOf(SignContext context) => signs(context.QuantizedInput(0));

    public override void FlowZeros(ZeroContext c)
    {
        if (keepsZero) State(c, c.QuantizedInput(0));
    }

    protected override IEnumerable<int> Operands(Node node) => [0];

    protected override int ResultScale(Node node) => 3;
}
