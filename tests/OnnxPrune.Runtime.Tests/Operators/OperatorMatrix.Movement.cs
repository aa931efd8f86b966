using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Operators that move elements, and those that tell shapes.</content>
internal static partial class OperatorMatrix
{
    private static IEnumerable<OperatorCase> Concat(string op, long opset)
    {
        (long Axis, long[][] Parts)[] choices =
        [
            (1, [[N, 8, 6, 5], [N, 4, 6, 5]]), (1, [[N, 8, 6, 5], [N, 8, 6, 5], [N, 6, 6, 5]]), (2, [[N, 8, 6, 5], [N, 8, 3, 5]]), (3, [[N, 8, 6, 5], [N, 8, 6, 7]]), (0, [[N, 8], [N, 8]]),
            (1, [[N, 12], [N, 4]]), (2, [[N, 6, 10], [N, 6, 4]]), (1, [[N, 6, 10], [N, 4, 10]]), (-1, [[N, 6, 10], [N, 6, 4]]), (-3, [[N, 8, 6, 5], [N, 4, 6, 5]]), (1, [[N, 12]]),
        ];
        return choices.Where(c => opset >= 11 || c.Axis >= 0).Select(c => Case(op, opset, [.. c.Parts.Select(Operand.Of)], Attribute.Int("axis", c.Axis)));
    }

    private static IEnumerable<OperatorCase> Split(string op, long opset)
    {
        foreach (var dims in new[] { new long[] { N, 12, 6, 4 }, [N, 14], [N, 4, 12] })
        {
            for (int axis = 1; axis < dims.Length; axis++)
            {
                foreach (long named in opset >= 11 ? new long[] { axis, axis - dims.Length } : [axis])
                {
                    long size = dims[axis];
                    foreach (long[] parts in new long[][] { [size / 2, size / 2], [1, size - 1], [size / 4, size / 2, size - (size / 4) - (size / 2)] })
                    {
                        yield return (opset >= 13
                            ? Case(op, opset, [Operand.Of(dims), Operand.Ints(parts)], Attribute.Int("axis", named))
                            : Case(op, opset, [Operand.Of(dims)], Attribute.Int("axis", named), Attribute.Ints("split", parts))) with
                        { Outputs = parts.Length };
                    }
                    yield return Case(op, opset, [Operand.Of(dims)], Attribute.Int("axis", named), opset >= 18 ? Attribute.Int("num_outputs", 2) : null) with { Outputs = 2 };
                    if (opset >= 18 && size > 6) yield return Case(op, opset, [Operand.Of(dims)], Attribute.Int("axis", named), Attribute.Int("num_outputs", 4)) with { Outputs = 4 };
                }
            }
        }
    }

    private static IEnumerable<OperatorCase> Slice(string op, long opset)
    {
        long[][] shapes = [[N, 12, 6, 4], [N, 12], [N, 4, 12]];
        (long Start, long End, long Step)[] ranges = [(0, 5, 1), (3, 9, 1), (-4, long.MaxValue, 1), (0, -2, 1), (2, 100, 1), (0, 12, 2), (1, 12, 3), (-1, long.MinValue, -1), (0, long.MaxValue, 1), (-100, 3, 1), (9, 2, -2)];
        foreach (var (dims, r) in from dims in shapes from r in ranges select (dims, r))
        {
            for (int axis = 1; axis < dims.Length; axis++)
            {
                if (r.Step == 1 && opset < 10) yield return Case(op, opset, [Operand.Of(dims)], Attribute.Ints("starts", r.Start), Attribute.Ints("ends", r.End), Attribute.Ints("axes", axis));
                if (opset < 10) continue;
                yield return Case(op, opset, [Operand.Of(dims), Operand.Ints(r.Start), Operand.Ints(r.End), Operand.Ints(axis), Operand.Ints(r.Step)]);
                yield return Case(op, opset, [Operand.Of(dims), Operand.Ints(r.Start), Operand.Ints(r.End), Operand.Ints(axis - dims.Length), Operand.Ints(r.Step)]);
                if (r.Step == 1 && dims.Length == 2) yield return Case(op, opset, [Operand.Of(dims), Operand.Ints(0, r.Start), Operand.Ints(100, r.End)]);
            }
            if (opset >= 10 && dims.Length > 2) yield return Case(op, opset, [Operand.Of(dims), Operand.Ints(1, r.Start), Operand.Ints(3, r.End), Operand.Ints(2, 1), Operand.Ints(1, r.Step)]);
        }
    }

    private static IEnumerable<OperatorCase> Pad(string op, long opset)
    {
        (long[] Dims, long[] Pads)[] choices =
        [
            ([N, 8, 6, 5], [0, 0, 1, 1, 0, 0, 1, 1]), ([N, 8, 6, 5], [0, 2, 0, 0, 0, 3, 0, 0]), ([N, 8, 6, 5], [0, 0, 0, 0, 0, 4, 0, 0]), ([N, 8, 6, 5], [0, 1, 2, 0, 0, 0, 1, 3]), ([N, 12], [0, 2, 0, 2]),
            ([N, 12], [0, -2, 0, 1]), ([N, 6, 10], [0, 0, 3, 0, 0, 0]), ([N, 6, 10], [0, 2, 0, 0, 1, 0]), ([N, 8, 6, 5], [0, -1, 0, 0, 0, -2, 0, 0]), ([N, 8, 6, 5], [0, 0, 0, 0, 0, 0, 0, 0]),
        ];
        string[] modes = opset >= 19 ? ["constant", "reflect", "edge", "wrap"] : ["constant", "reflect", "edge"];
        foreach (var ((dims, pads), mode, value) in from c in choices from m in modes from v in new double[] { 0, 1.5 } select (c, m, v))
        {
            if (opset < 11) yield return Case(op, opset, [Operand.Of(dims)], Attribute.Ints("pads", pads), Attribute.Text("mode", mode), Attribute.Float("value", (float)value));
            else yield return Case(op, opset, value == 0 ? [Operand.Of(dims), Operand.Ints(pads)] : [Operand.Of(dims), Operand.Ints(pads), Operand.Scalar(value)], Attribute.Text("mode", mode));
            if (opset < 18) continue;
            int rank = dims.Length;
            yield return Case(op, opset, [Operand.Of(dims), Operand.Ints(pads[1], pads[rank - 1], pads[rank + 1], pads[^1]), value == 0 ? new Operand.Missing() : Operand.Scalar(value), Operand.Ints(1, -1)], Attribute.Text("mode", mode));
        }
    }

    private static IEnumerable<OperatorCase> Reshape(string op, long opset)
    {
        (long[] Dims, long[] Target)[] choices =
        [
            ([N, 12, 6, 4], [0, 3, 4, 6, 4]), ([N, 12, 6, 4], [0, -1]), ([N, 12, 6, 4], [0, 12, -1]), ([N, 12, 6, 4], [0, 0, 24]), ([N, 12, 6, 4], [-1, 288]), ([N, 12, 6, 4], [0, 4, 3, 24]), ([N, 12, 6, 4], [-1, 6, 4]),
            ([N, 12], [0, 3, 4]), ([N, 12], [0, 1, 12]), ([N, 12], [0, 12, 1, 1]), ([N, 12], [-1, 4]), ([N, 12], [0, 2, 3, 2]), ([N, 4, 12], [0, 4, 3, 4]), ([N, 4, 12], [-1, 12]), ([N, 4, 12], [0, 48]), ([N, 4, 12], [0, 2, 2, 12]),
            ([N, 4, 12], [0, 8, 6]), ([N, 4, 12], [0, 6, 8]), ([N, 4, 12], [-1]), ([N, 3, 4, 5], [0, 12, 5]), ([N, 3, 4, 5], [0, 3, 20]),
        ];
        return choices.Select(c => Case(op, opset, [Operand.Of(c.Dims), Operand.Ints(c.Target)]))
            .Concat(opset >= 14 ? [Case(op, opset, [Operand.Of(4, 12), Operand.Ints(4, 3, 4)], Attribute.Int("allowzero", 1)), Case(op, opset, [Operand.Of(N, 12), Operand.Ints(-1, 3, 4)], Attribute.Int("allowzero", 1))] : []);
    }

    private static IEnumerable<OperatorCase> Squeeze(string op, long opset) =>
        Axes(op, opset, [([N, 12, 1, 1], [2, 3]), ([N, 12, 1, 1], [-1]), ([N, 12, 1, 1], null), ([N, 1, 12], [1]), ([N, 1, 6, 1, 5], [1, 3]), ([N, 1, 6, 1, 5], null), ([N, 6, 1, 5], [-2]), ([N, 8, 5, 1], [3])]);

    private static IEnumerable<OperatorCase> Unsqueeze(string op, long opset) =>
        Axes(op, opset, [([N, 12], [1]), ([N, 12], [2, 3]), ([N, 12], [-1]), ([N, 6, 5], [1, 3]), ([N, 6, 5], [0]), ([N, 6, 5], [3, 1]), ([N, 6, 5], [-2, 1]), ([8, 5], [1])]);

    private static IEnumerable<OperatorCase> Axes(string op, long opset, (long[] Dims, long[]? Axes)[] choices) =>
        from choice in choices
        where opset >= 11 || choice.Axes?.All(a => a >= 0) != false
        select choice.Axes is null ? Case(op, opset, [Operand.Of(choice.Dims)])
            : opset >= 13 ? Case(op, opset, [Operand.Of(choice.Dims), Operand.Ints(choice.Axes)])
            : Case(op, opset, [Operand.Of(choice.Dims)], Attribute.Ints("axes", choice.Axes));

    private static IEnumerable<OperatorCase> Transpose(string op, long opset)
    {
        (long[] Dims, long[]? Order)[] choices =
        [
            ([N, 8, 6, 5], [0, 2, 3, 1]), ([N, 8, 6, 5], [0, 3, 1, 2]), ([N, 8, 6, 5], [0, 1, 3, 2]), ([N, 8, 6, 5], [1, 0, 2, 3]), ([N, 8, 6, 5], null), ([N, 6, 10], [0, 2, 1]), ([N, 6, 10], null), ([N, 12], null), ([N, 12], [1, 0]),
        ];
        return choices.Select(c => Case(op, opset, [Operand.Of(c.Dims)], c.Order is null ? null : Attribute.Ints("perm", c.Order)));
    }

    private static IEnumerable<OperatorCase> Expand(string op, long opset)
    {
        (long[] Dims, long[] Shape)[] choices =
        [
            ([N, 8, 1, 1], [1, 8, 6, 5]), ([N, 8, 1, 1], [6, 5]), ([N, 1, 12], [1, 4, 12]), ([N, 1, 12], [1, 4, 1]), ([N, 12], [1]), ([N, 3, 1, 4, 5], [1, 3, 2, 4, 5]), ([1, 8, 5], [3, 8, 5]), ([8, 5], [3, 8, 5]), ([N, 12], [3, 1, 12]),
        ];
        return choices.Select(c => Case(op, opset, [Operand.Of(c.Dims), Operand.Ints(c.Shape)]));
    }

    private static IEnumerable<OperatorCase> Tile(string op, long opset)
    {
        (long[] Dims, long[] Repeats)[] choices =
        [
            ([N, 8, 6, 5], [1, 2, 1, 1]), ([N, 8, 6, 5], [1, 1, 2, 3]), ([N, 8, 6, 5], [2, 1, 1, 1]), ([N, 12], [1, 3]), ([N, 6, 10], [1, 2, 2]), ([N, 6, 10], [1, 1, 1]), ([N, 1, 10], [1, 4, 1]), ([8], [3]),
        ];
        return choices.Select(c => Case(op, opset, [Operand.Of(c.Dims), Operand.Ints(c.Repeats)]));
    }

    private static IEnumerable<OperatorCase> Gather(string op, long opset)
    {
        Operand[] indices = [Operand.Ints(0, 2, 1), Operand.Scalar(1, ElementType.Int64), Operand.Ints(-1, 0), new Operand.Constant(Tensors.Make("", ElementType.Int64, [2, 2], [0, 1, 3, 2])), Operand.Scalar(1, ElementType.Int32)];
        return from dims in new[] { new long[] { N, 8, 6, 5 }, [N, 12], [N, 6, 10] }
               from axis in Enumerable.Range(opset >= 11 ? 1 - dims.Length : 0, (opset >= 11 ? dims.Length - 1 : 0) + dims.Length).Where(a => a != 0)
               from list in indices
               where opset >= 11 || list is not Operand.Constant { Tensor.Dims: [2] }
               select Case(op, opset, [Operand.Of(dims), list], Attribute.Int("axis", axis));
    }

    private static IEnumerable<OperatorCase> Blocks(string op, long opset) =>
        from dims in op == "DepthToSpace" ? new[] { new long[] { N, 16, 3, 5 }, [N, 12, 4, 4], [N, 18, 2, 3] } : [[N, 4, 6, 10], [N, 6, 9, 6], [N, 8, 2, 2]]
        from block in new long[] { 2, 3 }
        from mode in op == "DepthToSpace" && opset >= 11 ? new[] { null, "DCR", "CRD" } : [null]
        select Case(op, opset, [Operand.Of(dims)], Attribute.Int("blocksize", block), mode is null ? null : Attribute.Text("mode", mode));

    private static IEnumerable<OperatorCase> Resize(string op, long opset)
    {
        foreach (var (mode, scale) in from m in opset >= 11 ? new[] { "nearest", "linear", "cubic" } : ["nearest", "linear"] from s in new[] { 2, 0.5, 1.3, 3 } select (m, s))
        {
            var dims = Operand.Of(N, 8, 6, 10);
            var named = Attribute.Text("mode", mode);
            if (opset < 11)
            {
                yield return Case(op, opset, [dims, Operand.Floats(1, 1, scale, scale)], named);
                continue;
            }
            Operand none = new Operand.Missing();
            foreach (string coordinates in opset >= 19 ? new[] { "half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric" } : ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"])
            {
                yield return Case(op, opset, [dims, none, Operand.Floats(1, 1, scale, scale)], named, Attribute.Text("coordinate_transformation_mode", coordinates));
                yield return Case(op, opset, [dims, none, Operand.Floats(1, 1, scale, 1)], named, Attribute.Text("coordinate_transformation_mode", coordinates));
            }
            yield return Case(op, opset, [dims, Operand.Floats(), Operand.Floats(1, 1, scale, scale)], named);
            yield return Case(op, opset, [Operand.Of(2, 8, 6, 10), none, opset >= 13 ? none : Operand.Floats(), Operand.Ints(2, 8, (long)(6 * scale), 13)], named);
            yield return Case(op, opset, [dims, Operand.Floats(0, 0, 0.1, 0.2, 1, 1, 0.8, 0.9), Operand.Floats(1, 1, scale, scale)], named, Attribute.Text("coordinate_transformation_mode", "tf_crop_and_resize"), Attribute.Float("extrapolation_value", 0.5f));
            if (mode == "nearest") foreach (string rounding in new[] { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil" }) yield return Case(op, opset, [dims, none, Operand.Floats(1, 1, scale, scale)], named, Attribute.Text("nearest_mode", rounding));
            if (mode == "cubic") yield return Case(op, opset, [dims, none, Operand.Floats(1, 1, scale, scale)], named, Attribute.Float("cubic_coeff_a", -0.5f), Attribute.Int("exclude_outside", 1));
            if (opset < 18) continue;
            if (mode != "nearest") yield return Case(op, opset, [dims, none, Operand.Floats(1, 1, scale, scale)], named, Attribute.Int("antialias", 1));
            yield return Case(op, opset, [dims, none, Operand.Floats(scale, 1)], named, Attribute.Ints("axes", 1, -1));
            yield return Case(op, opset, [dims, none, none, Operand.Ints(7, (long)(10 * scale))], named, Attribute.Ints("axes", -2, -1), Attribute.Text("keep_aspect_ratio_policy", "not_smaller"));
            yield return Case(op, opset, [dims, none, Operand.Floats(scale, scale)], named, Attribute.Ints("axes", 2, 3));
            yield return Case(op, opset, [dims, none, none, Operand.Ints(7, (long)(10 * scale))], named, Attribute.Ints("axes", 2, 3));
            yield return Case(op, opset, [dims, none, none, Operand.Ints(7, (long)(10 * scale))], named, Attribute.Ints("axes", 2, 3), Attribute.Text("keep_aspect_ratio_policy", "not_larger"));
        }
    }

    private static IEnumerable<OperatorCase> Upsample(string op, long opset) =>
        from mode in new[] { "nearest", "linear" }
        from scale in new[] { 2f, 3f, 1.5f }
        from wide in new[] { scale, 1f }
        select opset >= 9
            ? Case(op, opset, [Operand.Of(N, 8, 6, 10), Operand.Floats(1, 1, scale, wide)], Attribute.Text("mode", mode))
            : Case(op, opset, [Operand.Of(N, 8, 6, 10)], Attribute.Floats("scales", 1, 1, scale, wide), Attribute.Text("mode", mode));

    private static IEnumerable<OperatorCase> ShapeOf(string op, long opset) =>
        from dims in AnyShapes
        from start in op == "Shape" && opset >= 15 ? new long?[] { null, 0, 1, -2, 7 } : [null]
        from end in op == "Shape" && opset >= 15 ? new long?[] { null, 2, -1, -9 } : [null]
        select Case(op, opset, [Operand.Of(dims)], start is { } s ? Attribute.Int("start", s) : null, end is { } e ? Attribute.Int("end", e) : null);

    private static IEnumerable<OperatorCase> ConstantOfShape(string op, long opset) =>
        from shape in new[] { new long[] { 2, 3 }, [4], [2, 0, 3], [2, 3, 4, 5] }
        from value in new[] { null, Tensors.Make("", ElementType.Int64, [1], [3]), Tensors.Make("", ElementType.Float, [1], [0.5]), Tensors.Make("", ElementType.Bool, [1], [1]) }
        select Case(op, opset, [Operand.Ints(shape)], value is null ? null : Attribute.Tensor("value", value));

    private static IEnumerable<OperatorCase> RangeOf(string op, long opset) =>
        from range in new[] { (0.0, 10.0, 1.0), (2, 11, 3), (10, 0, -2), (5, 5, 1), (3, 1, 1) }
        from type in new[] { ElementType.Int64, ElementType.Int32, ElementType.Float, ElementType.Double }
        select Case(op, opset, [Operand.Scalar(range.Item1, type), Operand.Scalar(range.Item2, type), Operand.Scalar(range.Item3, type)]);

    private static IEnumerable<OperatorCase> Constant(string op, long opset)
    {
        foreach (var type in new[] { ElementType.Float, ElementType.Int64, ElementType.Double, ElementType.Bool, ElementType.Float16 })
        {
            foreach (long[] dims in new long[][] { [], [3], [2, 2] })
                yield return Case(op, opset, [], Attribute.Tensor("value", Tensors.Make("", type, dims, new double[dims.Aggregate(1L, (n, d) => n * d)])));
        }
    }
}
