using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>com.microsoft.QLinearConcat: scale and zero point of the result, then for each part its numbers, scale and zero point.</summary>
internal sealed class QLinearConcat : QuantizedFunction
{
    public override void InferShapes(ShapeContext c)
    {
        var shapes = Operands(c.Node).Select(i => (Size[])c.Shape(i)).ToList();
        if (shapes.Count == 0) c.Infeasible("it lacks its inputs");
        c.Output(0, ResultType(c), Concat.Shape(c, shapes));
    }

    public override void Couple(CouplingContext c) => c.Output(0, Concat.Layout(c, Operands(c.Node).Select(i => (IReadOnlyList<Term>)c.Input(i)).ToList()));

    public override Signs SignsOf(SignContext context) =>
        Operands(context.Node).Aggregate(Signs.Zero, (signs, slot) => signs & context.QuantizedInput(slot));

    public override void FlowZeros(ZeroContext c) =>
        State(c, c.OutputLayout(0).Select((_, axis) => Operands(c.Node).All(i => c.QuantizedInput(i)[axis])));

    protected override IEnumerable<int> Operands(Node node) => Enumerable.Range(0, Math.Max(0, node.Inputs.Length - 1) / 3).Select(i => 2 + (3 * i));

    protected override int ResultScale(Node node) => 0;
}
