using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// Split: sizes are an attribute before opset 13, an input since; without them the parts are equal, since opset 18 the last one smaller.
/// </summary>
internal sealed class Split : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Length);
        var sizes = c.Has(1) ? c.Content(1)?.ToSizes() : c.Node.Ints("split")?.Select(Size.Of).ToArray() ?? Equal(c, x[axis], c.Node.Outputs.Length);
        if (sizes is null) return;
        if (sizes.Length != c.Node.Outputs.Length) c.Infeasible($"{sizes.Length} sizes for {c.Node.Outputs.Length} outputs");
        var total = sizes.Aggregate(Size.Zero, (n, s) => n + s);
        if (x[axis].IsKnown && total.IsKnown && !total.Same(x[axis])) c.Infeasible($"pieces of {total} from an axis of {x[axis]}");
        for (int i = 0; i < c.Node.Outputs.Length; i++) c.Output(i, c.Input(0).Type, [.. x[..axis], sizes[i], .. x[(axis + 1)..]]);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot == 1;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        var x = c.Input(0);
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), x.Count);
        if (!c.SizeOf(x[axis]).IsKnown)
        {
            c.Pin(x[axis], "cut into pieces, of a size that is not known");
            for (int i = 0; i < c.Node.Outputs.Length; i++) c.Output(i, [.. x.Take(axis), c.Fixed(OutputSize(c, i, axis)), .. x.Skip(axis + 1)]);
            return;
        }
        var ends = new List<Size>();
        for (int i = 0; i < c.Node.Outputs.Length - 1; i++) ends.Add((i > 0 ? ends[^1] : Size.Zero) + OutputSize(c, i, axis));
        var pieces = c.Split(x[axis], ends);
        for (int i = 0; i < pieces.Count; i++) c.Output(i, [.. x.Take(axis), pieces[i], .. x.Skip(axis + 1)]);
    }

    public override void FlowZeros(ZeroContext c)
    {
        for (int i = 0; i < c.Node.Outputs.Length; i++) c.Output(i, c.Input(0));
    }

    public override void Adjust(AdjustContext c)
    {
        if (c.OutputsFit()) return;
        int axis = ShapeContext.Axis(c.Node.Int("axis", 0), c.KeptInput(0).Count);
        var sizes = Enumerable.Range(0, c.Node.Outputs.Length).Select(i => c.KeptOutput(i)[axis]).ToList();
        c.RemoveAttribute("num_outputs");
        if (c.Has(1) || c.Node.Opset >= 13) c.SetOperand(1, sizes);
        else c.SetAttribute("split", sizes.ConvertAll(s => s.Value));
    }

    private static Size OutputSize(CouplingContext c, int output, int axis) =>
        c.Node.Outputs[output] is null ? throw Diagnostics.Errors.Malformed($"{c.Node.Label} has an unnamed output") : c.OutputShape(output)[axis];

    private static Size[] Equal(ShapeContext c, Size total, int parts)
    {
        if (c.Node.Opset < 18 && total.IsKnown && !Size.Of(parts).Divides(total)) c.Infeasible($"{total} cannot be cut into {parts} equal parts");
        var each = total.Map(n => (n + parts - 1) / parts);
        var last = total - (each * Size.Of(parts - 1));
        return [.. Enumerable.Repeat(each, parts - 1), last];
    }
}
