using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>Pad: pads are an attribute before opset 11, an input since; a padded axis is Concat(new, x, new').</summary>
internal sealed class Pad : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (Pads(c.Node, c.Content, x.Length) is not { } pads) return;
        string mode = c.Node.Text("mode", "constant");
        c.Output([.. x.Select((size, i) => Padded(c.Node, mode, size, pads[i], pads[i + x.Length]))]);
    }

    // "reflect" mirrors at the first and last element, which it does not repeat, so that a pad is shorter than the axis.
    private static Size Padded(Node node, string mode, Size size, Size before, Size after)
    {
        bool fits = mode != "reflect" || !size.IsKnown || !before.IsKnown || !after.IsKnown
            || Enumerable.Range(0, Size.Count).All(v => Math.Max(before[v], after[v]) < Math.Max(1, size[v]));
        var padded = size + before + after;
        return fits && !padded.IsNegative ? padded : throw new InfeasibleShapeException($"{node.Label}: pads of {before} and {after} around {size}");
    }

    public override bool IsShapeOperand(Node node, int slot) => slot is 1 or 3;

    public override void Couple(CouplingContext c)
    {
        var layout = c.Input(0).ToList();
        var pads = Pads(c.Node, i => c.InputType(i).Content, layout.Count)!;
        for (int i = 0; i < layout.Count; i++)
        {
            var (before, after) = (pads[i], pads[i + layout.Count]);
            if (!before.Same(Size.Zero) || !after.Same(Size.Zero)) layout[i] = Padded(c, layout[i], before, after, c.OutputShape(0)[i]);
        }
        c.Output(0, layout);
    }

    public override Signs SignsOf(SignContext c)
    {
        if (c.Node.Text("mode", "constant") != "constant") return c.Input(0);
        if (c.Has(2)) return c.Common(0, 2);
        return c.Node.Float("value", 0) == 0 ? c.Input(0) : Signs.Any;
    }

    public override void FlowZeros(ZeroContext c)
    {
        bool copied = c.Node.Text("mode", "constant") != "constant";
        bool zero = c.Has(2) ? c.InputType(2).Content is { Count: 1 } value && value[0, 0] == 0 : c.Node.Float("value", 0) == 0;
        bool unpadded = c.Layout(0).Zip(c.OutputLayout(0)).All(p => c.SizeOf(p.First).Same(c.SizeOf(p.Second)));
        c.Output(0, c.Input(0).Select(bit => bit && (copied || zero || unpadded)));
    }

    public override void Adjust(AdjustContext c)
    {
        int rank = c.KeptInput(0).Count;
        var pads = Pads(c.Node, i => c.OldInput(i).Content, rank)!;
        var axes = Axes(c.Node, i => c.OldInput(i).Content, rank)!;
        for (int i = 0; i < rank; i++)
        {
            if (c.OutputMask(0, i) is not { } mask) continue;
            pads[i] = Size.Of(mask.Take((int)pads[i].Value).Count(k => k));
            pads[i + rank] = Size.Of(mask.TakeLast((int)pads[i + rank].Value).Count(k => k));
        }
        if (c.OutputsFit()) return;
        c.SetOperandOrAttribute(1, "pads", [.. axes.Select(a => pads[a]), .. axes.Select(a => pads[a + rank])]);
    }

    private static Term Padded(CouplingContext c, Term term, Size before, Size after, Size total)
    {
        bool grows = c.Node.Text("mode", "constant") == "constant" && Size.Zero.AtMost(before) && Size.Zero.AtMost(after);
        if (grows) return c.Concat(c.Fresh(before), term, c.Fresh(after));
        c.Pin(term, "padded from its own values");
        return c.Fixed(total, "padded from its own values");
    }

    // All pads, 2 per axis, for any list of axes of the node.
    private static Size[]? Pads(Node node, Func<int, KnownTensor?> content, int rank)
    {
        bool inputs = node.Inputs.Length > 1;
        var listed = inputs ? content(1)?.ToSizes() : node.Ints("pads")?.Select(Size.Of).ToArray();
        if (listed is null || Axes(node, content, rank) is not { } axes || listed.Length != 2 * axes.Length) return null;
        var pads = new Size[2 * rank];
        Array.Fill(pads, Size.Zero);
        for (int i = 0; i < axes.Length; i++) (pads[axes[i]], pads[axes[i] + rank]) = (listed[i], listed[i + axes.Length]);
        return pads;
    }

    private static int[]? Axes(Node node, Func<int, KnownTensor?> content, int rank)
    {
        bool given = node.Inputs.Length > 3 && node.Inputs[3] is not null;
        return given ? content(3)?.ToConstants()?.Select(a => ShapeContext.Axis(a, rank)).ToArray() : [.. Enumerable.Range(0, rank)];
    }
}
