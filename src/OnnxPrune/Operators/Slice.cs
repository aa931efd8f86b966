using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Operators;

/// <summary>
/// Slice: starts, ends, axes and steps are attributes before opset 10, inputs since. Taken with a step k that divides the axis, it is
/// Product(taken, Fixed k). With a negative step, the order of what is taken is reversed.
/// </summary>
internal sealed class Slice : Operator
{
    public override void InferShapes(ShapeContext c)
    {
        var x = c.Shape(0);
        if (Ranges(c.Node, c.Content, x) is not { } ranges) return;
        var shape = x.ToArray();
        foreach (var range in ranges) shape[range.Axis] = range.Count;
        c.Output(shape, Content(c.Content(0), shape, ranges));
    }

    public override bool IsShapeOperand(Node node, int slot) => slot > 0;

    public override bool MovesElements(Node node, int slot) => slot == 0;

    public override void Couple(CouplingContext c)
    {
        var layout = c.Input(0).ToList();
        var ranges = Ranges(c.Node, i => c.InputType(i).Content, c.InputType(0).Shape!)!;
        foreach (var range in ranges.Where(r => !r.IsWhole)) layout[range.Axis] = Sliced(c, layout[range.Axis], range);
        c.Output(0, layout);
    }

    public override void FlowZeros(ZeroContext c) => c.Output(0, c.Input(0));

    public override void Adjust(AdjustContext c)
    {
        var ranges = Ranges(c.Node, i => c.OldInput(i).Content, c.OldInput(0).Shape!)!;
        var starts = c.Has(1) ? c.OldInput(1).Content!.ToSizes() : [.. c.Node.Ints("starts")!.Select(Size.Of)];
        var ends = c.Has(2) ? c.OldInput(2).Content!.ToSizes() : [.. c.Node.Ints("ends")!.Select(Size.Of)];
        bool changed = false;
        for (int i = 0; i < ranges.Count; i++)
        {
            if (ranges[i].Ascending.IsWhole || c.InputMask(0, ranges[i].Axis) is not { } mask) continue;
            (starts[i], ends[i]) = Kept(ranges[i], mask, c.KeptOutput(0)[ranges[i].Axis].Value);
            changed = true;
        }
        if (!changed && !c.Has(1)) return;
        c.SetOperandOrAttribute(1, "starts", starts);
        c.SetOperandOrAttribute(2, "ends", ends);
    }

    private static Term Sliced(CouplingContext c, Term term, SliceRange range)
    {
        if (range.IsBackward && !c.IsFixed(term)) return c.Reversed(range.Ascending.IsWhole ? term : Sliced(c, term, range.Ascending));
        if (range.Step.IsOne && range.Start.AtMost(range.End))
        {
            Size[] cuts = range.End.Same(range.Size) ? [range.Start] : [range.Start, range.End];
            return c.Split(term, cuts)[1];
        }
        if (range.Blocks is var (first, end)) return Stepped(c, term, range, first, end);
        c.Pin(term, "taken with a step");
        return c.Fixed(range.Count, "taken with a step");
    }

    // Takes one index of every block of "step" indices, so blocks are removed as a whole.
    private static Term Stepped(CouplingContext c, Term term, SliceRange range, Size first, Size end)
    {
        Size[] cuts = end.Same(range.Size) ? [first] : [first, end];
        if (c.Factor(first.Same(Size.Zero) && end.Same(range.Size) ? term : c.Split(term, cuts)[1], range.Step) is var (blocks, phases))
        {
            c.Pin(phases, "taken with a step");
            return blocks;
        }
        c.Pin(term, "taken with a step");
        return c.Fixed(range.Count, "taken with a step");
    }

    // Before the first index taken lie what is kept before its block, and what is before it in its block, which is whole.
    private static (Size Start, Size End) Kept(SliceRange range, bool[] mask, long count)
    {
        if (range.IsBackward)
        {
            var (low, high) = Kept(range.Ascending, mask, count);
            return (high - Size.One, low.Same(Size.Zero) ? Size.Of(-mask.Length - 1) : low - Size.One);
        }
        var (first, step) = (range.Blocks?.First ?? range.Start, range.Step.Value);
        long start = mask.Take((int)first.Value).Count(k => k) + (range.Start - first).Value;
        return (Size.Of(start), Size.Of(start + ((count - 1) * step) + 1));
    }

    private static KnownTensor? Content(KnownTensor? x, Size[] shape, IReadOnlyList<SliceRange> ranges)
    {
        if (!ranges.All(r => r.Start.IsConcrete && r.Step.IsConcrete)) return null;
        return ContentArithmetic.Pick(x, shape, position =>
        {
            foreach (var range in ranges) position[range.Axis] = range.Start.Value + (position[range.Axis] * range.Step.Value);
            return position;
        });
    }

    private static IReadOnlyList<SliceRange>? Ranges(Node node, Func<int, KnownTensor?> content, Size[] x)
    {
        bool inputs = node.Inputs.Length > 1;
        var starts = inputs ? content(1)?.ToSizes() : node.Ints("starts")?.Select(Size.Of).ToArray();
        var ends = inputs ? content(2)?.ToSizes() : node.Ints("ends")?.Select(Size.Of).ToArray();
        if (starts is null || ends is null) return null;
        bool Given(int slot) => node.Inputs.Length > slot && node.Inputs[slot] is not null;
        long[]? axes = Given(3) ? content(3)?.ToConstants() : node.Ints("axes") ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        var steps = Given(4) ? content(4)?.ToSizes() : [.. Enumerable.Repeat(Size.One, starts.Length)];
        if (axes is null || steps is null) return null;
        if (starts.Length != axes.Length || ends.Length != axes.Length || steps.Length != axes.Length)
            throw new InfeasibleShapeException($"{node.Label}: starts, ends, axes and steps differ in length");
        return [
            .. axes.Select((a, i) => ShapeContext.Axis(a, x.Length)).Select((axis, i) => SliceRange.Of(axis, x[axis], starts[i], ends[i], steps[i]))];
    }
}
