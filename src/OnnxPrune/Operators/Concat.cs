using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Concat: along one axis the layouts follow each other, along the others they agree.</summary>
internal sealed class Concat : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var shapes = Enumerable.Range(0, c.Node.Inputs.Length).Select(i => (Size[])c.Shape(i)).ToList();
        if (shapes.Count == 0) c.Infeasible("it lacks its inputs");
        var shape = Shape(c, shapes);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 1), shape.Length);
        c.Output(shape, ContentArithmetic.Concat(Enumerable.Range(0, shapes.Count).Select(c.Content).ToList(), axis));
    }

    /// <summary>The shape of tensors of these shapes, one after the other along the axis of the node.</summary>
    internal static Size[] Shape(ShapeContext c, List<Size[]> shapes)
    {
        int axis = ShapeContext.Axis(c.Node.Int("axis", 1), shapes[0].Length);
        if (shapes.Exists(s => s.Length != shapes[0].Length)) c.Infeasible("the ranks differ");
        var shape = shapes[0].ToArray();
        shape[axis] = shapes.Aggregate(Size.Zero, (n, s) => n + s[axis]);
        for (int i = 0; i < shape.Length; i++) if (i != axis) shape[i] = Agreed(c, shapes.Select(s => s[i]).ToList());
        return shape;
    }

    public override bool MovesElements(Node node, int slot) => true;

    public override void Couple(CouplingContext c) =>
        c.Output(0, Layout(c, Enumerable.Range(0, c.Node.Inputs.Length).Select(i => (IReadOnlyList<Term>)c.Input(i)).ToList()));

    /// <summary>The layout of tensors of these layouts, one after the other along the axis of the node.</summary>
    internal static List<Term> Layout(CouplingContext c, List<IReadOnlyList<Term>> inputs)
    {
        int axis = ShapeContext.Axis(c.Node.Int("axis", 1), inputs[0].Count);
        return Enumerable.Range(0, inputs[0].Count).Select(i => i == axis ? c.Concat(inputs.Select(x => x[i])) : Unified(c, inputs, i)).ToList();
    }

    public override void FlowZeros(ZeroContext c) =>
        c.Output(0, c.OutputLayout(0).Select((_, axis) => Enumerable.Range(0, c.Node.Inputs.Length).All(i => c.Input(i)[axis])));

    private static Size Agreed(ShapeContext c, List<Size> sizes)
    {
        var known = sizes.FindAll(s => s.IsKnown);
        int other = known.FindIndex(s => !s.Same(known[0]));
        if (other > 0) c.Infeasible("sizes beside the axis differ", known[0], known[other]);
        return known.Count > 0 ? known[0] : Size.Unknown;
    }

    private static Term Unified(CouplingContext c, List<IReadOnlyList<Term>> inputs, int axis)
    {
        foreach (var other in inputs.Skip(1)) c.Unify(inputs[0][axis], other[axis]);
        return inputs.Select(x => x[axis]).OrderBy(t => c.SizeOf(t).IsKnown ? 0 : 1).First();
    }
}
