using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Operators that name positions, or work over regions, and Einsum.</content>
internal static partial class OperatorMatrix
{
    private static readonly long[] Block = [4, 8, 6];

    private static Operand Positions(long below, params long[] dims) =>
        new Operand.Constant(Tensors.Make("", ElementType.Int64, dims, [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (n, d) => n * d)).Select(i => (double)(i * 7 % below))]));

    private static long[] With(long[] dims, int axis, long size) => [.. dims.Select((d, i) => i == axis ? size : d)];

    private static IEnumerable<OperatorCase> GatherElements(string op, long opset) =>
        from axis in new[] { 0, 1, 2 }
        from count in new long[] { 2, 3, 9 }
        select Case(op, opset, [Operand.Of(Block), Positions(Block[axis], With(Block, axis, count))], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> ReverseSequence(string op, long opset) =>
        from axes in new (int Time, int Batch)[] { (0, 1), (1, 0) }
        from left in new long[] { 0, 1 }
        let lengths = Enumerable.Range(0, (int)Block[axes.Batch]).Select(i => i == 0 ? Block[axes.Time] - left : Block[axes.Time])
        select Case(op, opset, [Operand.Of(Block), Operand.Ints([.. lengths])], Attribute.Int("time_axis", axes.Time), Attribute.Int("batch_axis", axes.Batch));

    private static IEnumerable<OperatorCase> ScatterElements(string op, long opset) =>
        from axis in new[] { 0, 1, 2 }
        from named in opset >= 11 ? new[] { axis, axis - 3 } : [axis]
        from count in new long[] { 2, 3 }
        from reduction in Reductions(opset)
        let dims = With(Block, axis, count)
        select Case(op, opset, [Operand.Of(Block), Positions(Block[axis], dims), Operand.Of(dims)], Attribute.Int("axis", named), reduction);

    private static IEnumerable<AttributeProto?> Reductions(long opset)
    {
        string[] known = opset >= 18 ? ["none", "add", "mul", "max", "min"] : opset >= 16 ? ["none", "add", "mul"] : [];
        return known.Select(name => Attribute.Text("reduction", name)).Prepend(null);
    }

    private static IEnumerable<OperatorCase> GatherND(string op, long opset) =>
        from shape in new (long[] Indices, long Batch)[] { ([3, 1], 0), ([1], 0), ([2, 3, 1], 0), ([5, 2], 0), ([3, 3], 0), ([4, 2, 1], 1), ([4, 3, 2], 1) }
        where shape.Batch == 0 || opset >= 12
        select Case(op, opset, [Operand.Of(Block), Positions(4, shape.Indices)], shape.Batch == 0 ? null : Attribute.Int("batch_dims", shape.Batch));

    private static IEnumerable<OperatorCase> ScatterND(string op, long opset) =>
        from shape in new (long[] Indices, long[] Updates)[] { ([3, 1], [3, 8, 6]), ([1, 1], [1, 8, 6]), ([2, 2, 1], [2, 2, 8, 6]), ([5, 2], [5, 6]), ([4, 3], [4]) }
        from constant in new[] { false, true }
        from reduction in Reductions(opset)
        select Case(op, opset, [Operand.Of(Block), Positions(4, shape.Indices), constant ? new Operand.Weight(shape.Updates) : Operand.Of(shape.Updates)], reduction);

    private static IEnumerable<OperatorCase> CumSum(string op, long opset) =>
        from dims in AnyShapes
        from axis in Enumerable.Range(-1, dims.Length + 1)
        from exclusive in new long[] { 0, 1 }
        from reverse in new long[] { 0, 1 }
        select Case(op, opset, [Operand.Of(dims), Operand.Scalar(axis, ElementType.Int64)], Attribute.Int("exclusive", exclusive), Attribute.Int("reverse", reverse));

    private static IEnumerable<OperatorCase> Trilu(string op, long opset) =>
        from dims in new long[][] { [N, 8, 6, 5], [N, 6, 10], [8, 4], [N, 12, 5] }
        from upper in new long[] { 0, 1 }
        from k in new double?[] { null, 1, -2 }
        select Case(op, opset, k is { } shift ? [Operand.Of(dims), Operand.Scalar(shift, ElementType.Int64)] : [Operand.Of(dims)], Attribute.Int("upper", upper));

    private static IEnumerable<OperatorCase> OneHot(string op, long opset) =>
        from dims in new long[][] { [N, 6], [N], [N, 2, 3] }
        from axis in new long[] { -1, 0, 1 }
        select Case(op, opset, [new Operand.Data(dims, ElementType.Int64), Operand.Ints(5), Operand.Floats(0, 1)], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> Einsum(string op, long opset)
    {
        (string Equation, long[][] Operands)[] products =
        [
            ("bij,bjk->bik", [[N, 5, 8], [N, 8, 6]]), ("bij,kj->bik", [[N, 5, 8], [6, 8]]), ("bthd,bshd->bhts", [[N, 5, 2, 8], [N, 7, 2, 8]]),
            ("bhts,bshd->bthd", [[N, 2, 5, 7], [N, 7, 2, 8]]), ("nchw,c->nchw", [[N, 8, 5, 4], [8]]), ("nchw->nhwc", [[N, 8, 5, 4]]), ("bij->bj", [[N, 5, 8]]),
            ("bc,bd->bcd", [[N, 8], [N, 6]]), ("nct,vt->ncv", [[N, 8, 5], [6, 5]]), ("bi,bi->b", [[N, 8], [N, 8]]), ("ij,jk", [[4, 8], [8, 6]]), ("nctv,vw->nctw", [[N, 8, 5, 4], [4, 6]]),
            ("...ij,jk->...ik", [[N, 5, 8], [8, 6]]), ("b...,b...->...", [[N, 5, 8], [N, 5, 8]]), ("bii->bi", [[N, 8, 8]]), ("bij,jk,kl->bil", [[N, 5, 8], [8, 6], [6, 4]]), (" b i j , b k j -> b i k ", [[N, 5, 8], [N, 7, 8]]),
            ("bhid,bhjd->bhij", [[N, 4, 5, 8], [N, 4, 7, 8]]), ("bij->bji", [[N, 5, 8]]), ("bij->", [[N, 5, 8]]), ("bij,bij->bij", [[N, 5, 8], [N, 5, 8]]), ("bgic,gcd->bgid", [[N, 2, 5, 8], [2, 8, 6]]),
        ];
        return from p in products
               from weight in p.Operands is [_, var second] && !second.Contains(N) ? new[] { false, true } : [false]
               select Case(op, opset, [.. p.Operands.Select((dims, i) => weight && i == 1 ? new Operand.Weight(dims) : Operand.Of(dims))], Attribute.Text("equation", p.Equation));
    }

    private static IEnumerable<OperatorCase> GroupNormalization(string op, long opset) =>
        from dims in new long[][] { [N, 8, 6, 5], [N, 8, 7], [N, 12, 3, 4] }
        from groups in new long[] { 1, 2, 4 }
        let parameters = opset < 21 ? groups : dims[1]
        select Case(op, opset, [Operand.Of(dims), new Operand.Weight(parameters), new Operand.Weight(parameters)], Attribute.Int("num_groups", groups));

    private static IEnumerable<OperatorCase> RootMeanSquare(string op, long opset) =>
        from dims in new long[][] { [N, 8, 6], [N, 5, 12], [N, 8, 5, 4] }
        from axis in new[] { -1, -2 }
        select Case(op, opset, [Operand.Of(dims), new Operand.Weight([.. dims.TakeLast(-axis)])], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> MeanVariance(string op, long opset) =>
        from dims in new long[][] { [N, 8, 6, 5], [N, 12, 3, 4] }
        from axes in new long[]?[] { null, [2, 3], [0, 2, 3], [3] }
        select Case(op, opset, [Operand.Of(dims)], axes is null ? null : Attribute.Ints("axes", axes));

    private static IEnumerable<OperatorCase> LpNormalization(string op, long opset) =>
        from dims in AnyShapes
        from axis in Enumerable.Range(-1, dims.Length + 1)
        from p in new long[] { 1, 2 }
        select Case(op, opset, [Operand.Of(dims)], Attribute.Int("axis", axis), Attribute.Int("p", p));

    private static IEnumerable<OperatorCase> RoiAlign(string op, long opset) =>
        from size in new long[] { 1, 2, 3 }
        from mode in new[] { "avg", "max" }
        from detail in opset >= 16 ? new[] { null, Attribute.Int("sampling_ratio", 2), Attribute.Float("spatial_scale", 0.5f), Attribute.Text("coordinate_transformation_mode", "output_half_pixel") } : [null, Attribute.Int("sampling_ratio", 2), Attribute.Float("spatial_scale", 0.5f)]
        from regions in new long[] { 1, 3 }
        let boxes = new Operand.Constant(Tensors.Make("", ElementType.Float, [regions, 4], [.. Enumerable.Range(0, (int)regions).SelectMany(r => new double[] { r, r, r + 4, r + 5 })]))
        select Case(op, opset, [Operand.Of(2, 8, 9, 9), boxes, Positions(2, regions)], Attribute.Int("output_height", size), Attribute.Int("output_width", size + 1), Attribute.Text("mode", mode), detail);

    private static IEnumerable<OperatorCase> GridSample(string op, long opset) =>
        from grid in new long[][] { [N, 4, 5, 2], [N, 1, 7, 2], [N, 6, 6, 2] }
        from padding in new[] { "zeros", "border", "reflection" }
        from corners in new long[] { 0, 1 }
        from mode in opset >= 20 ? new[] { null, "linear", "nearest", "cubic" } : [null, "bilinear", "nearest", "bicubic"]
        from deep in opset >= 20 && mode is null or "linear" ? new[] { false, true } : [false]
        let image = deep ? new long[] { N, 8, 4, 6, 6 } : [N, 8, 6, 6]
        let positions = deep ? [N, 3, grid[1], grid[2], 3] : grid
        select Case(op, opset, [Operand.Of(image), new Operand.Data(positions, ElementType.Float, "Tanh")], Attribute.Text("padding_mode", padding), Attribute.Int("align_corners", corners),
            mode is null ? null : Attribute.Text("mode", mode));

    private static IEnumerable<OperatorCase> Bits(string op, long opset) =>
        from pair in Pairs
        let type = op == "BitShift" ? ElementType.Uint8 : ElementType.Int32
        select Case(op, opset, [new Operand.Data(pair.A, type), new Operand.Data(pair.B, type)], op == "BitShift" ? Attribute.Text("direction", "LEFT") : null);

    private static IEnumerable<OperatorCase> BitsOfOne(string op, long opset) => AnyShapes.Select(dims => Case(op, opset, [new Operand.Data(dims, ElementType.Int32)]));
}
