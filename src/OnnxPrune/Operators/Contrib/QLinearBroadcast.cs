using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>QLinearAdd, QLinearMul and QLinearWhere of com.microsoft: functions of several quantised tensors, which are broadcast.</summary>
/// <param name="zero">The operands that must be zero for the result to be.</param>
/// <param name="signs">The signs of the numbers that the result represents; null where nothing is known.</param>
/// <param name="first">The slot of the first quantised operand, behind a condition that is not quantised.</param>
internal sealed class QLinearBroadcast(ZeroWhen zero, Func<Signs, Signs, Signs> signs, int first = 0) : QuantizedFunction
{
    public override void InferShapes(ShapeContext c) => c.Output(0, ResultType(c), Broadcasting.Of(Slots(c.Node).Select(i => (Size[])c.Shape(i)).ToList()));

    public override void Couple(CouplingContext c) => c.Output(0, c.Broadcast(Slots(c.Node).Select(i => (IReadOnlyList<Term>)c.Input(i)).ToList()));

    public override Signs SignsOf(SignContext c) => signs(c.QuantizedInput(first), c.QuantizedInput(first + 3));

    public override void FlowZeros(ZeroContext c)
    {
        int rank = c.OutputLayout(0).Count;
        State(c, Enumerable.Range(0, rank).Select(axis => IsZero(Operands(c.Node).Select(i => c.Aligned(i, axis, rank)).ToList())));
    }

    protected override IEnumerable<int> Operands(Node node) => [first, first + 3];

    protected override int ResultScale(Node node) => first + 6;

    private IEnumerable<int> Slots(Node node) => Enumerable.Range(0, first).Concat(Operands(node));

    private bool IsZero(List<bool?> bits) => zero == ZeroWhen.Any ? bits.Contains(true) : bits.TrueForAll(bit => bit == true);
}
