using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Resize and Upsample: axes that keep their size pass, the others are interpolated and pinned.</summary>
internal sealed class Resize : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        int[] axes = Axes(c.Node, x.Length);
        var shape = x.ToArray();
        var sizes = c.Node.OpType == "Resize" && c.Node.Opset >= 11 && c.Has(3) ? c.Content(3)?.ToSizes() : null;
        var scales = Scales(c);
        bool stretched = c.Node.Text("keep_aspect_ratio_policy", "stretch") == "stretch";
        for (int i = 0; i < axes.Length; i++)
        {
            if (sizes?.Length == axes.Length && stretched) shape[axes[i]] = sizes[i];
            else if (scales?.Count == axes.Length) shape[axes[i]] = Scaled(x[axes[i]], scales, i);
            else shape[axes[i]] = Size.Unknown;
        }
        c.Output(shape);
    }

    public override bool IsShapeOperand(Node node, int slot) => slot > 0;

    public override bool IsFactorOfSizes(Node node, int slot) => slot > 0;

    public override bool MovesElements(Node node, int slot) => slot == 0 && node.Text("mode", "nearest") == "nearest";

    public override void Couple(CouplingContext c)
    {
        var shape = c.OutputShape(0);
        c.Output(0, c.Input(0).Select((term, i) => Passed(c, term, shape[i])).ToList());
    }

    // Cubic interpolation overshoots.
    public override Signs SignsOf(SignContext c) =>
        c.Node.Text("mode", "nearest") != "cubic" && c.Node.Float("extrapolation_value", 0) == 0 ? c.Input(0) : Signs.Any;

    public override void FlowZeros(ZeroContext c)
    {
        if (c.Node.Float("extrapolation_value", 0) == 0) c.Output(0, c.Input(0));
    }

    public override void Adjust(AdjustContext c)
    {
        if (c.OutputsFit() || !c.Has(3)) return;
        var shape = c.KeptOutput(0);
        c.SetOperand(3, [.. Axes(c.Node, shape.Count).Select(a => shape[a])]);
    }

    private static Term Passed(CouplingContext c, Term term, Size size)
    {
        if (c.SizeOf(term).Same(size)) return term;
        c.Pin(term, "interpolated");
        return c.Fixed(size, "interpolated");
    }

    // Upsample-7 has an attribute, Upsample-9 and Resize-10 the second input, Resize-11 the third.
    private static KnownTensor? Scales(ShapeContext c)
    {
        if (c.Node.Attribute("scales") is { } attribute)
            return KnownTensor.Of(ElementType.Float, [attribute.Floats.Count], (i, _) => attribute.Floats[i]);
        return c.Content(c.Node.OpType == "Resize" && c.Node.Opset >= 11 ? 2 : 1);
    }

    private static Size Scaled(Size size, KnownTensor scales, int i)
    {
        if (!size.IsKnown || Enumerable.Range(0, Size.Count).Any(v => double.IsNaN(scales[i, v]))) return Size.Unknown;
        Span<long> result = stackalloc long[Size.Stored];
        for (int v = 0; v < Size.Stored; v++) result[v] = (long)Math.Floor((float)((float)scales[i, v] * size[v]));
        return new Size(result);
    }

    private static int[] Axes(Node node, int rank) =>
        node.Ints("axes")?.Select(a => ShapeContext.Axis(a, rank)).ToArray() ?? [.. Enumerable.Range(0, rank)];
}
