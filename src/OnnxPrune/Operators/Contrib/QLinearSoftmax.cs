using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.QLinearSoftmax: a softmax of the opset that an attribute names. Indices leave approximately, as those of a softmax of floats.</summary>
internal sealed class QLinearSoftmax : QuantizedFunction
{
    private static readonly Notation Coupling = Notation.Parse("... -> ...");

    public override void InferShapes(ShapeContext c) => c.Output(0, ResultType(c), c.Shape(0));

    public override void Couple(CouplingContext c) => c.Rule(Coupling);

    public override bool Saturates(Node node) => true;

    public override Signs SignsOf(SignContext context) => Signs.NotNegative;

    public override void FlowZeros(ZeroContext c)
    {
        foreach (var axis in Softmax.Normalised(c.Node, c.Layout(0), c.Node.Int("opset", 13))) c.Contract(axis, exact: false, "normalises over this axis");
    }

    protected override IEnumerable<int> Operands(Node node) => [0];

    protected override int ResultScale(Node node) => 3;
}
