using Onnx;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Convolutions, pooling, matrix products and normalisation.</content>
internal static partial class OperatorMatrix
{
    private static readonly long[][] Images = [[N, 8, 13], [N, 8, 11, 9], [N, 12, 7, 12], [N, 8, 5, 6, 4]];

    private static IEnumerable<OperatorCase> OnImages(string op, long opset) =>
        from dims in Images
        from p in op == "GlobalLpPool" ? new[] { null, Attribute.Int("p", 1) } : [null]
        select Case(op, opset, [Operand.Of(dims)], p);

    private static IEnumerable<OperatorCase> Lrn(string op, long opset) =>
        from dims in Images
        from size in new long[] { 1, 3, 5 }
        from factor in new[] { null, Attribute.Float("alpha", 0.1f), Attribute.Float("beta", 0.5f), Attribute.Float("bias", 2) }
        select Case(op, opset, [Operand.Of(dims)], Attribute.Int("size", size), factor);

    // Pads, auto_pad: what surrounds the input.
    private static IEnumerable<AttributeProto?> Surroundings(int space) =>
    [
        null,
        Attribute.Ints("pads", [.. Enumerable.Repeat(1L, 2 * space)]),
        Attribute.Ints("pads", [.. Enumerable.Repeat(0L, space), .. Enumerable.Repeat(1L, space)]),
        Attribute.Text("auto_pad", "SAME_UPPER"),
        Attribute.Text("auto_pad", "SAME_LOWER"),
        Attribute.Text("auto_pad", "VALID"),
    ];

    private static AttributeProto? Repeated(string name, long value, int space) => value == 1 ? null : Attribute.Ints(name, [.. Enumerable.Repeat(value, space)]);

    private static IEnumerable<OperatorCase> Pool(string op, long opset)
    {
        bool rounds = opset >= (op == "LpPool" ? 18 : 10);
        bool dilates = opset >= (op == "MaxPool" ? 10 : op == "LpPool" ? 18 : 19);
        return from dims in Images
               let space = dims.Length - 2
               from kernel in new long[] { 2, 3 }
               from stride in new long[] { 1, 2, 3 }
               from around in Surroundings(space)
               from dilation in dilates ? new long[] { 1, 2 } : [1]
               from ceil in rounds ? new long[] { 0, 1 } : [0]
               from outputs in op == "MaxPool" && around is null ? new[] { 1, 2 } : [1]
               from counted in op switch
               {
                   "AveragePool" => new[] { null, Attribute.Int("count_include_pad", 1) },
                   "LpPool" => [null, Attribute.Int("p", 1)],
                   _ => outputs == 2 && opset >= 8 ? [null, Attribute.Int("storage_order", 1)] : [null],
               }
               where counted?.Name != "count_include_pad" || dilation == 1 || around?.S.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal) != true // the runtime reads past the input
               select Case(op, opset, [Operand.Of(dims)], Attribute.Ints("kernel_shape", [.. Enumerable.Repeat(kernel, space)]), Repeated("strides", stride, space), counted,
                   Repeated("dilations", dilation, space), around, ceil == 0 ? null : Attribute.Int("ceil_mode", 1)) with
               { Outputs = outputs };
    }

    private static IEnumerable<OperatorCase> Conv(string op, long opset) =>
        from dims in Images
        let space = dims.Length - 2
        from kernel in new long[] { 1, 2, 3 }
        from stride in new long[] { 1, 2 }
        from dilation in new long[] { 1, 2 }
        from around in Surroundings(space)
        from g in new (long Group, long Out)[] { (1, 6), (2, 8), (4, 12), (dims[1], dims[1]), (dims[1], 2 * dims[1]) }
        from bias in new[] { false, true }
        from named in new[] { null, Attribute.Ints("kernel_shape", [.. Enumerable.Repeat(kernel, space)]) }
        let weight = new Operand.Weight([g.Out, dims[1] / g.Group, .. Enumerable.Repeat(kernel, space)])
        select Case(op, opset, bias ? [Operand.Of(dims), weight, new Operand.Weight(g.Out)] : [Operand.Of(dims), weight],
            g.Group == 1 ? null : Attribute.Int("group", g.Group), Repeated("strides", stride, space), Repeated("dilations", dilation, space), around, named);

    private static IEnumerable<OperatorCase> ConvTranspose(string op, long opset) =>
        from dims in Images
        let space = dims.Length - 2
        from kernel in new long[] { 1, 2, 3 }
        from stride in new long[] { 1, 2, 3 }
        from dilation in new long[] { 1, 2 }
        from around in Surroundings(space)
        from g in new (long Group, long Out)[] { (1, 6), (2, 4), (4, 3), (dims[1], 1), (dims[1], 2) }
        from extra in new[] { null, Attribute.Ints("output_padding", [.. Enumerable.Repeat(1L, space)]), Attribute.Ints("output_shape", [.. dims.Skip(2).Select(d => d * stride)]) }
        from bias in new[] { false, true }
        let weight = new Operand.Weight([dims[1], g.Out, .. Enumerable.Repeat(kernel, space)])
        select Case(op, opset, bias ? [Operand.Of(dims), weight, new Operand.Weight(g.Out * g.Group)] : [Operand.Of(dims), weight],
            g.Group == 1 ? null : Attribute.Int("group", g.Group), Repeated("strides", stride, space), Repeated("dilations", dilation, space), around, extra);

    private static IEnumerable<OperatorCase> Gemm(string op, long opset) =>
        from transA in new long[] { 0, 1 }
        from transB in new long[] { 0, 1 }
        from c in new[] { null, new long[] { 6 }, [1, 6], [1], [] }
        from scaled in new[] { false, true }
        from constant in new[] { false, true }
        let a = Operand.Of(transA == 0 ? [N, 8] : [8, N])
        let dims = transB == 0 ? new long[] { 8, 6 } : [6, 8]
        let b = constant ? new Operand.Weight(dims) : Operand.Of(dims)
        where c is not null || opset >= 11
        select Case(op, opset, c is null ? [a, b] : [a, b, new Operand.Weight(c)], Attribute.Int("transA", transA), Attribute.Int("transB", transB),
            scaled ? Attribute.Float("alpha", 0.5f) : null, scaled ? Attribute.Float("beta", 2) : null);

    private static IEnumerable<OperatorCase> MatMul(string op, long opset)
    {
        (long[] A, long[] B)[] pairs =
        [
            ([N, 8], [8, 6]), ([N, 5, 8], [8, 6]), ([N, 5, 8], [N, 8, 6]), ([N, 3, 5, 8], [N, 3, 8, 6]), ([N, 1, 5, 8], [1, 3, 8, 6]), ([N, 4, 5, 8], [4, 8, 6]),
            ([8], [8, 6]), ([N, 8], [8]), ([8], [8]), ([N, 5, 8], [8]), ([8], [N, 8, 6]), ([5, 8], [N, 8, 6]),
        ];
        foreach (var (a, b) in pairs)
        {
            yield return Case(op, opset, [Operand.Of(a), Operand.Of(b)]);
            if (!b.Contains(N)) yield return Case(op, opset, [Operand.Of(a), new Operand.Weight(b)]);
            if (!a.Contains(N)) yield return Case(op, opset, [new Operand.Weight(a), Operand.Of(b)]);
        }
    }

    private static IEnumerable<OperatorCase> BatchNormalization(string op, long opset) =>
        from dims in Images.Append([N, 8])
        from epsilon in new[] { null, Attribute.Float("epsilon", 0.01f) }
        from momentum in new[] { null, Attribute.Float("momentum", 0.5f) }
        from mode in opset < 9 ? new[] { null, Attribute.Int("spatial", 1), Attribute.Int("spatial", 0) } : opset >= 14 ? [null, Attribute.Int("training_mode", 0), Attribute.Int("training_mode", 1)] : [null]
        let c = mode is { Name: "spatial", I: 0 } ? dims[1..] : [dims[1]]
        select Case(op, opset, [Operand.Of(dims), new Operand.Weight(c), new Operand.Weight(c), new Operand.Weight(c), new Operand.Weight(c) { Positive = true }], epsilon, momentum, mode)
            with
        { Outputs = mode is { Name: "training_mode", I: 1 } ? 3 : 1 };

    private static IEnumerable<OperatorCase> InstanceNormalization(string op, long opset) =>
        Images.Select(dims => Case(op, opset, [Operand.Of(dims), new Operand.Weight(dims[1]), new Operand.Weight(dims[1])]));

    private static IEnumerable<OperatorCase> LayerNormalization(string op, long opset) =>
        from dims in new[] { new long[] { N, 7, 12 }, [N, 4, 6, 10], [N, 12] }
        from axis in Enumerable.Range(1, dims.Length - 1)
        from negative in new[] { false, true }
        from bias in new[] { false, true }
        from outputs in new[] { 1, 3 }
        let scale = new Operand.Weight([.. dims.Skip(axis)])
        select Case(op, opset, bias ? [Operand.Of(dims), scale, new Operand.Weight([.. dims.Skip(axis)])] : [Operand.Of(dims), scale],
            Attribute.Int("axis", negative ? axis - dims.Length : axis)) with
        { Outputs = outputs };

    private static IEnumerable<OperatorCase> AlongAxis(string op, long opset) =>
        from dims in new[] { new long[] { N, 8, 6, 5 }, [N, 12], [N, 6, 10] }
        from axis in Enumerable.Range(opset >= 11 ? -dims.Length : 0, (opset >= 11 ? 2 : 1) * dims.Length)
        from keep in op.StartsWith("Arg", StringComparison.Ordinal) ? new[] { null, Attribute.Int("keepdims", 0) } : [null]
        from last in op.StartsWith("Arg", StringComparison.Ordinal) && opset >= 12 ? new[] { null, Attribute.Int("select_last_index", 1) } : [null]
        select Case(op, opset, [Operand.Of(dims)], Attribute.Int("axis", axis), keep, last);

    private static IEnumerable<OperatorCase> TopK(string op, long opset) =>
        from axis in opset >= 11 ? new long[] { 1, 2, 3, -1, -3 } : [1, 2, 3]
        from k in new long[] { 1, 3, 5 }
        from order in opset >= 11 ? new[] { null, Attribute.Int("largest", 0), Attribute.Int("sorted", 1) } : [null]
        select Case(op, opset, opset >= 10 ? [Operand.Of(N, 8, 6, 5), Operand.Ints(k)] : [Operand.Of(N, 8, 6, 5)], Attribute.Int("axis", axis), opset >= 10 ? null : Attribute.Int("k", k), order) with { Outputs = 2 };

    private static IEnumerable<OperatorCase> Reduce(string op, long opset)
    {
        bool input = opset >= (op == "ReduceSum" ? 13 : 18);
        string? guard = op == "ReduceLogSum" ? "Exp" : null;
        (long[] Dims, long[]? Axes)[] choices =
        [
            ([N, 8, 6, 5], [2, 3]), ([N, 8, 6, 5], [1]), ([N, 8, 6, 5], [3]), ([N, 8, 6, 5], [1, 2, 3]), ([N, 8, 6, 5], null), ([N, 8, 6, 5], [0]), ([N, 12], [1]), ([N, 6, 10], [1]), ([N, 6, 10], [2]),
            ([N, 8, 6, 5], [-1]), ([N, 8, 6, 5], [-2, -1]), ([N, 6, 10], [-1]),
        ];
        return from choice in choices
               from keep in new[] { null, Attribute.Int("keepdims", 0), Attribute.Int("keepdims", 1) }
               from noop in input && choice.Axes is null ? new[] { null, Attribute.Int("noop_with_empty_axes", 1) } : [null]
               let data = new Operand.Data(choice.Dims, DataFloat, guard)
               where opset >= 11 || choice.Axes?.All(a => a >= 0) != false
               select choice.Axes is null ? Case(op, opset, [data], keep, noop)
                   : input ? Case(op, opset, [data, Operand.Ints(choice.Axes)], keep)
                   : Case(op, opset, [data], Attribute.Ints("axes", choice.Axes), keep);
    }

    private const ElementType DataFloat = ElementType.Float;
}
