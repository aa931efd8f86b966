using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Flatten: the axes before <c>axis</c> merge into one, and those from it on into another.</summary>
internal sealed class Flatten : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        int axis = Axis(c.Node, x.Length);
        c.Output([Size.Product(x[..axis]), Size.Product(x[axis..])]);
    }

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override ElementFunction FunctionOf(Node node) => ElementFunction.Identity;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        int axis = Axis(c.Node, x.Count);
        c.Output(0, [c.Product(x.Take(axis)), c.Product(x.Skip(axis))]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        int axis = Axis(c.Node, c.Layout(0).Count);
        bool Zero(IEnumerable<int> axes) => axes.All(i => c.Input(0)[i] || c.IsPinned(c.Layout(0)[i]));
        c.Output(0, Zero(Enumerable.Range(0, axis)), Zero(Enumerable.Range(axis, c.Layout(0).Count - axis)));
    }

    // The axis may follow the last one.
    private static int Axis(Node node, int rank) => node.Int("axis", 1) == rank ? rank : ShapeContext.Axis(node.Int("axis", 1), rank);
}
