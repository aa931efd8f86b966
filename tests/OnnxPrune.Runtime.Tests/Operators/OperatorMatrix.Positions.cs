using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Operators that name positions, work over sequences or regions, and Einsum.</content>
internal static partial class OperatorMatrix
{
    private static readonly long[] Block = [4, 8, 6];

    private static Operand Positions(long below, params long[] dims) =>
        new Operand.Constant(Tensors.Make("", DataType.Int64, dims, [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (n, d) => n * d)).Select(i => (double)(i * 7 % below))]));

    private static long[] With(long[] dims, int axis, long size) => [.. dims.Select((d, i) => i == axis ? size : d)];

    private static IEnumerable<OperatorCase> GatherElements(string op, long opset) =>
        from axis in new[] { 0, 1, 2 }
        from count in new long[] { 2, 3, 9 }
        select Case(op, opset, [Operand.Of(Block), Positions(Block[axis], With(Block, axis, count))], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> ScatterElements(string op, long opset) =>
        from axis in new[] { 0, 1, 2 }
        from count in new long[] { 2, 3 }
        let dims = With(Block, axis, count)
        select Case(op, opset, [Operand.Of(Block), Positions(Block[axis], dims), Operand.Of(dims)], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> GatherND(string op, long opset) =>
        from shape in new (long[] Indices, long Batch)[] { ([3, 1], 0), ([1], 0), ([2, 3, 1], 0), ([5, 2], 0), ([3, 3], 0), ([4, 2, 1], 1), ([4, 3, 2], 1) }
        where shape.Batch == 0 || opset >= 12
        select Case(op, opset, [Operand.Of(Block), Positions(4, shape.Indices)], shape.Batch == 0 ? null : Attribute.Int("batch_dims", shape.Batch));

    private static IEnumerable<OperatorCase> ScatterND(string op, long opset) =>
        from shape in new (long[] Indices, long[] Updates)[] { ([3, 1], [3, 8, 6]), ([1, 1], [1, 8, 6]), ([2, 2, 1], [2, 2, 8, 6]), ([5, 2], [5, 6]), ([4, 3], [4]) }
        from constant in new[] { false, true }
        select Case(op, opset, [Operand.Of(Block), Positions(4, shape.Indices), constant ? new Operand.Weight(shape.Updates) : Operand.Of(shape.Updates)]);

    private static IEnumerable<OperatorCase> CumSum(string op, long opset) =>
        from dims in AnyShapes
        from axis in Enumerable.Range(-1, dims.Length + 1)
        from exclusive in new long[] { 0, 1 }
        select Case(op, opset, [Operand.Of(dims), Operand.Scalar(axis, DataType.Int64)], Attribute.Int("exclusive", exclusive));

    private static IEnumerable<OperatorCase> Trilu(string op, long opset) =>
        from dims in new long[][] { [N, 8, 6, 5], [N, 6, 10], [8, 4], [N, 12, 5] }
        from upper in new long[] { 0, 1 }
        from k in new double?[] { null, 1, -2 }
        select Case(op, opset, k is { } shift ? [Operand.Of(dims), Operand.Scalar(shift, DataType.Int64)] : [Operand.Of(dims)], Attribute.Int("upper", upper));

    private static IEnumerable<OperatorCase> OneHot(string op, long opset) =>
        from dims in new long[][] { [N, 6], [N], [N, 2, 3] }
        from axis in new long[] { -1, 0, 1 }
        select Case(op, opset, [new Operand.Data(dims, DataType.Int64), Operand.Ints(5), Operand.Floats(0, 1)], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> Einsum(string op, long opset)
    {
        (string Equation, long[][] Operands)[] products =
        [
            ("bij,bjk->bik", [[N, 5, 8], [N, 8, 6]]), ("bij,kj->bik", [[N, 5, 8], [6, 8]]), ("bthd,bshd->bhts", [[N, 5, 2, 8], [N, 7, 2, 8]]),
            ("bhts,bshd->bthd", [[N, 2, 5, 7], [N, 7, 2, 8]]), ("nchw,c->nchw", [[N, 8, 5, 4], [8]]), ("nchw->nhwc", [[N, 8, 5, 4]]), ("bij->bj", [[N, 5, 8]]),
            ("bc,bd->bcd", [[N, 8], [N, 6]]), ("nct,vt->ncv", [[N, 8, 5], [6, 5]]), ("bi,bi->b", [[N, 8], [N, 8]]), ("ij,jk", [[4, 8], [8, 6]]), ("nctv,vw->nctw", [[N, 8, 5, 4], [4, 6]]),
        ];
        return from p in products
               from weight in p.Operands is [_, var second] && !second.Contains(N) ? new[] { false, true } : [false]
               select Case(op, opset, [.. p.Operands.Select((dims, i) => weight && i == 1 ? new Operand.Weight(dims) : Operand.Of(dims))], Attribute.Text("equation", p.Equation));
    }

    private static IEnumerable<OperatorCase> Recurrent(string op, long opset)
    {
        long gates = op switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        return from direction in new[] { "forward", "reverse", "bidirectional" }
               let directions = direction == "bidirectional" ? 2L : 1
               from bias in new[] { false, true }
               from outputs in new[] { 1, 2 }
               from before in op == "GRU" ? new long[] { 0, 1 } : [0]
               let weights = new Operand[] { Operand.Of(5, N, 8), new Operand.Weight(directions, gates * 6, 8), new Operand.Weight(directions, gates * 6, 6) }
               select Case(op, opset, bias ? [.. weights, new Operand.Weight(directions, 2 * gates * 6)] : weights, Attribute.Int("hidden_size", 6),
                   Attribute.Text("direction", direction), before == 0 ? null : Attribute.Int("linear_before_reset", 1)) with { Outputs = outputs };
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
        from regions in new long[] { 1, 3 }
        let boxes = new Operand.Constant(Tensors.Make("", DataType.Float, [regions, 4], [.. Enumerable.Range(0, (int)regions).SelectMany(r => new double[] { r, r, r + 4, r + 5 })]))
        select Case(op, opset, [Operand.Of(2, 8, 9, 9), boxes, Positions(2, regions)], Attribute.Int("output_height", size), Attribute.Int("output_width", size + 1), Attribute.Text("mode", mode));

    private static IEnumerable<OperatorCase> GridSample(string op, long opset) =>
        from grid in new long[][] { [N, 4, 5, 2], [N, 1, 7, 2], [N, 6, 6, 2] }
        from padding in new[] { "zeros", "border", "reflection" }
        from corners in new long[] { 0, 1 }
        select Case(op, opset, [Operand.Of(N, 8, 6, 6), new Operand.Data(grid, DataType.Float, "Tanh")], Attribute.Text("padding_mode", padding), Attribute.Int("align_corners", corners));

    private static IEnumerable<OperatorCase> Bits(string op, long opset) =>
        from pair in Pairs
        let type = op == "BitShift" ? DataType.Uint8 : DataType.Int32
        select Case(op, opset, [new Operand.Data(pair.A, type), new Operand.Data(pair.B, type)], op == "BitShift" ? Attribute.Text("direction", "LEFT") : null);

    private static IEnumerable<OperatorCase> BitsOfOne(string op, long opset) => AnyShapes.Select(dims => Case(op, opset, [new Operand.Data(dims, DataType.Int32)]));
}
