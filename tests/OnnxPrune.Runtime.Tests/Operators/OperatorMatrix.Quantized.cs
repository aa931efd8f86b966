using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Quantised operators.</content>
internal static partial class OperatorMatrix
{
    private static readonly long[][] Activations = [[N, 8, 6, 5], [N, 12], [N, 6, 10]];

    private static ElementType[] QuantizedTypes(long opset) =>
        opset >= 21 ? [ElementType.Uint8, ElementType.Int8, ElementType.Uint16, ElementType.Int16] : [ElementType.Uint8, ElementType.Int8];

    // One scale for the whole tensor, one per channel, one per block of two channels.
    private static IEnumerable<(Func<ElementType, IReadOnlyList<Operand>> Parameters, long? Axis, long? Block)> Granularities(long[] dims, long opset)
    {
        yield return (type => [Operand.Scalar(Operand.Quantized.Scale), Operand.Zero(type)], null, null);
        yield return (type => [Operand.Scalar(0.1), Operand.Zero(type)], null, null);
        for (int axis = 1; opset >= 13 && axis < dims.Length; axis++)
        {
            long n = dims[axis];
            yield return (type => [new Operand.Weight(n) { Positive = true }, Operand.Zero(type, n)], axis, null);
            yield return (type => [new Operand.Weight(n) { Positive = true }, Operand.Zero(type, n)], axis - dims.Length, null);
        }
    }

    private static IEnumerable<OperatorCase> QuantizeLinear(string op, long opset) =>
        (from dims in Activations
         from type in QuantizedTypes(opset)
         from g in Granularities(dims, opset)
         select Case(op, opset, [Operand.Of(dims), .. g.Parameters(type)], g.Axis is { } axis ? Attribute.Int("axis", axis) : null))
        .Concat(opset < 21 ? [] : Activations.Select(dims => Case(op, opset, [Operand.Of(dims), Operand.Scalar(0.1)], Attribute.Int("output_dtype", (long)ElementType.Int8))))
        .Append(Case(op, opset, [Operand.Of(N, 12), Operand.Scalar(0.1)]));

    private static IEnumerable<OperatorCase> DequantizeLinear(string op, long opset) =>
        from dims in Activations
        from type in QuantizedTypes(opset)
        from g in Granularities(dims, opset)
        select Case(op, opset, [new Operand.Quantized(dims, type), .. g.Parameters(type)], g.Axis is { } axis ? Attribute.Int("axis", axis) : null);

    private static IEnumerable<OperatorCase> DynamicQuantizeLinear(string op, long opset) =>
        from dims in Activations.Append([N, 8]).Append([N, 4, 3])
        from guard in new[] { null, "Relu" }
        select Case(op, opset, [new Operand.Data(dims, ElementType.Float, guard)]) with { Outputs = 3 };

    private static IEnumerable<OperatorCase> IntegerConv(string op, long opset) =>
        from dims in Images
        let space = dims.Length - 2
        from kernel in new long[] { 1, 3 }
        from stride in new long[] { 1, 2 }
        from around in Surroundings(space)
        from g in new (long Group, long Out)[] { (1, 6), (2, 8), (dims[1], dims[1]), (dims[1], 2 * dims[1]) }
        from types in new (ElementType X, ElementType W)[] { (ElementType.Uint8, ElementType.Int8), (ElementType.Uint8, ElementType.Uint8), (ElementType.Int8, ElementType.Int8) }
        where op == "QLinearConv" || (types.X == ElementType.Uint8 && space == 2)
        from perChannel in new[] { false, true }
        from bias in op == "QLinearConv" ? new[] { false, true } : [false]
        let weight = Operand.Integers(types.W, [g.Out, dims[1] / g.Group, .. Enumerable.Repeat(kernel, space)])
        let x = new Operand.Quantized(dims, types.X)
        let zero = perChannel ? Operand.Zero(types.W, g.Out) : Operand.Zero(types.W)
        let weightScale = perChannel ? new Operand.Constant(Model.Tensors.Make("", ElementType.Float, [g.Out], Enumerable.Range(0, (int)g.Out).Select(i => 0.01 + (0.001 * i)).ToArray())) : Operand.Scalar(0.02)
        let linear = new[] { x, Operand.Scalar(Operand.Quantized.Scale), Operand.Zero(types.X), weight, weightScale, zero, Operand.Scalar(0.3), Operand.Zero(types.X) }
        select Case(op, opset, op == "ConvInteger" ? [x, weight, Operand.Zero(types.X), zero] : bias ? [.. linear, Operand.Integers(ElementType.Int32, g.Out)] : linear,
            g.Group == 1 ? null : Attribute.Int("group", g.Group), Repeated("strides", stride, space), around);

    private static IEnumerable<OperatorCase> IntegerMatMul(string op, long opset) =>
        from dims in new[] { new long[] { N, 8 }, [N, 5, 8], [N, 3, 5, 8] }
        from types in new (ElementType A, ElementType B)[] { (ElementType.Uint8, ElementType.Int8), (ElementType.Uint8, ElementType.Uint8), (ElementType.Int8, ElementType.Int8) }
        from perColumn in new[] { false, true }
        from flowing in new[] { false, true }
        let right = flowing ? dims.Length == 2 ? new long[] { 8, 6 } : [.. dims.SkipLast(2), 8, 6] : [8, 6]
        let a = new Operand.Quantized(dims, types.A)
        let b = flowing ? new Operand.Quantized(right, types.B) : Operand.Integers(types.B, right)
        let zero = perColumn && !flowing ? Operand.Zero(types.B, 6) : Operand.Zero(types.B)
        let scale = perColumn && !flowing ? new Operand.Constant(Model.Tensors.Make("", ElementType.Float, [6], [0.02, 0.03, 0.04, 0.02, 0.03, 0.04])) : Operand.Scalar(0.02)
        select Case(op, opset, op == "MatMulInteger"
            ? [a, b, Operand.Zero(types.A), zero]
            : [a, Operand.Scalar(Operand.Quantized.Scale), Operand.Zero(types.A), b, scale, zero, Operand.Scalar(0.3), Operand.Zero(types.A)]);
}
