using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Operators;

/// <summary>
/// Shapes of If, Loop and Scan, which follow from those in their sub-graphs (ONNX operator specification, If-1 to If-25, Loop and Scan-9). Contents of
/// their outputs are unknown. A size is unknown if branches or iterations disagree about it.
/// </summary>
internal static class BodyShapes
{
    /// <summary>If: what both branches agree on.</summary>
    public static void If(ShapeContext c)
    {
        var then = c.Body("then_branch");
        var otherwise = c.Body("else_branch");
        var (a, b) = (c.Infer(then, []), c.Infer(otherwise, []));
        c.Run(new BodyRun(a, Size.One, IsAlternative: true));
        c.Run(new BodyRun(b, Size.One, IsAlternative: true));
        for (int i = 0; i < Math.Min(then.Outputs.Count, otherwise.Outputs.Count); i++)
        {
            var both = Common(a[then.Outputs[i]], b[otherwise.Outputs[i]]);
            c.Output(i, both.Type, both.Shape);
        }
    }

    /// <summary>Loop: the values that iterations pass on, and what they compute, stacked along a new first axis.</summary>
    public static void Loop(ShapeContext c)
    {
        var body = c.Body("body");
        int states = Math.Max(c.Node.Inputs.Length - 2, 0);
        var (inner, carried) = Fixpoint(
            c, body, [new(ElementType.Int64, []), new(ElementType.Bool, [])], [.. Enumerable.Range(2, states).Select(c.Input)], [], firstState: 1);
        var times = Trips(c, body, inner);
        c.Run(new BodyRun(inner, times));
        for (int i = 0; i < states; i++) c.Output(i, carried[i].Type, carried[i].Shape);
        foreach (var (slot, value) in body.Outputs.Skip(states + 1).Index()) Stack(c, states + slot, inner[value], 0, times);
    }

    /// <summary>Scan: the values that iterations pass on, and what they compute, stacked along an axis.</summary>
    public static void Scan(ShapeContext c)
    {
        // Version 8 has a batch axis before the others.
        if (c.Node.Opset < 9) return;
        var body = c.Body("body");
        int scanned = (int)c.Node.Int("num_scan_inputs", 0), states = c.Node.Inputs.Length - scanned;
        if (scanned < 1 || states < 0) c.Infeasible($"{scanned} inputs to scan of {c.Node.Inputs.Length}");
        var axes = Enumerable.Range(0, scanned).Select(i => Axis(c.Node.Ints("scan_input_axes"), i, c.Shape(states + i).Count)).ToList();
        var slices = axes.Select((axis, i) => new TensorType(c.Input(states + i).Type, Without(c.Shape(states + i), axis))).ToList();
        var (inner, carried) = Fixpoint(c, body, [], [.. Enumerable.Range(0, states).Select(c.Input)], slices, firstState: 0);
        var times = axes.Select((axis, i) => c.Shape(states + i)[axis]).Aggregate((a, b) => a.IsKnown ? a : b);
        c.Run(new BodyRun(inner, times));
        for (int i = 0; i < states; i++) c.Output(i, carried[i].Type, carried[i].Shape);
        foreach (var (slot, value) in body.Outputs.Skip(states).Index())
        {
            if (inner[value].Shape is { } shape)
                Stack(c, states + slot, inner[value], Axis(c.Node.Ints("scan_output_axes"), slot, shape.Length + 1), times);
        }
    }

    // Sizes that an iteration changes are unknown. Every pass forgets a size or a rank, so that the passes end.
    private static (ShapeInference Inner, TensorType[] Carried) Fixpoint(
        ShapeContext c, Body body, IReadOnlyList<TensorType> counters, TensorType[] states, IReadOnlyList<TensorType> slices, int firstState)
    {
        var now = Array.ConvertAll(states, s => s with { Content = null });
        while (true)
        {
            var inner = c.Infer(body, [.. counters, .. now, .. slices]);
            var next = now.Select((type, i) => firstState + i < body.Outputs.Count ? Common(type, inner[body.Outputs[firstState + i]]) : type).ToArray();
            if (next.Zip(now).All(p => IsSame(p.First.Shape, p.Second.Shape))) return (inner, next);
            now = next;
        }
    }

    // The number of iterations is known if nothing but the trip count ends the loop.
    private static Size Trips(ShapeContext c, Body body, ShapeInference inner)
    {
        if (!c.Has(0) || c.Content(0) is not { Count: 1 } count) return Size.Unknown;
        bool starts = !c.Has(1) || IsTrue(c.Content(1));
        bool goesOn = body.Outputs.Count > 0 && (IsTrue(inner[body.Outputs[0]].Content) || Passes(body, body.Outputs[0]));
        return starts && goesOn ? count.ToSizes()[0] : Size.Unknown;
    }

    private static bool Passes(Body body, Value value)
    {
        while (value.Producer is { OpType: "Identity", Inputs: [{ } source, ..] }) value = source;
        return body.Inputs.Count > 1 && value == body.Inputs[1];
    }

    private static bool IsTrue(KnownTensor? condition) => condition is { Count: 1, IsConstant: true } && condition[0, 0] != 0;

    private static void Stack(ShapeContext c, int output, TensorType element, int axis, Size count)
    {
        if (element.Shape is { } shape) c.Output(output, element.Type, [.. shape[..axis], count, .. shape[axis..]]);
        else c.Output(output, element.Type, null);
    }

    private static TensorType Common(TensorType a, TensorType b)
    {
        var type = a.Type == ElementType.Undefined ? b.Type : a.Type;
        if (a.Shape is not { } x || b.Shape is not { } y || x.Length != y.Length) return new TensorType(type, null);
        return new TensorType(type, [.. x.Zip(y, (m, n) => m == n ? m : Size.Unknown)]);
    }

    private static bool IsSame(Size[]? a, Size[]? b) => a is null ? b is null : b is not null && a.SequenceEqual(b);

    private static int Axis(long[]? axes, int slot, int rank) => ShapeContext.Axis(axes is not null && slot < axes.Length ? axes[slot] : 0, rank);

    private static Size[] Without(Axes<Size> shape, int axis) => [.. shape[..axis], .. shape[(axis + 1)..]];
}
