using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Quantised operators of com.microsoft.</content>
internal static partial class OperatorMatrix
{
    private static readonly ElementType[] Bytes = [ElementType.Uint8, ElementType.Int8];

    private static void AddContributedQuantized(Action<Func<string, long, IEnumerable<OperatorCase>>, string[]> add)
    {
        void Add(Func<string, long, IEnumerable<OperatorCase>> family, params string[] operators) => add(family, [.. operators.Select(op => "com.microsoft." + op)]);
        Add((op, _) => QuantizeLinear(op, 17), "QuantizeLinear");
        Add((op, _) => DequantizeLinear(op, 17), "DequantizeLinear");
        Add(QLinearBroadcast, "QLinearAdd", "QLinearMul", "QLinearWhere");
        Add(QLinearUnary, "QLinearLeakyRelu", "QLinearSigmoid");
        Add(QLinearSoftmax, "QLinearSoftmax");
        Add(QLinearPool, "QLinearAveragePool", "QLinearGlobalAveragePool");
        Add(QLinearConcat, "QLinearConcat");
        Add(DynamicQuantizeMatMul, "DynamicQuantizeMatMul");
        Add(MatMulIntegerToFloat, "MatMulIntegerToFloat");
        Add(GemmFastGelu, "GemmFastGelu");
        Add(DynamicQuantizeLstm, "DynamicQuantizeLSTM");
    }

    private static Operand[] Flowing(ElementType type, params long[] dims) => [new Operand.Quantized(dims, type), Operand.Scalar(Operand.Quantized.Scale), Operand.Zero(type)];

    private static Operand[] Result(ElementType type) => [Operand.Scalar(0.08), Operand.Zero(type)];

    private static IEnumerable<OperatorCase> QLinearBroadcast(string op, long opset) =>
        from dims in Activations
        from type in Bytes
        from other in new long[]?[] { null, [dims[^1]], dims.Length > 2 ? [dims[1], .. Enumerable.Repeat(1L, dims.Length - 2)] : [1, dims[^1]], [] }
        let second = other is null ? Flowing(type, dims) : [Operand.Integers(type, other), Operand.Scalar(0.03), Operand.Zero(type)]
        from swapped in new[] { false, true }
        let operands = swapped ? [.. second, .. Flowing(type, dims)] : Flowing(type, dims).Concat(second).ToArray()
        let condition = op.EndsWith("Where", StringComparison.Ordinal) ? new Operand[] { new Operand.Data(dims, ElementType.Bool) } : []
        select Case(op, opset, [.. condition, .. operands, .. Result(type)]);

    private static IEnumerable<OperatorCase> QLinearUnary(string op, long opset) =>
        from dims in Activations
        from type in Bytes
        from alpha in op.EndsWith("LeakyRelu", StringComparison.Ordinal) ? new[] { null, Attribute.Float("alpha", 0.2f) } : [null]
        select Case(op, opset, [.. Flowing(type, dims), .. Result(type)], alpha);

    private static IEnumerable<OperatorCase> QLinearSoftmax(string op, long opset) =>
        from dims in Activations
        from type in Bytes
        from softmax in new long[] { 13, 12 }
        from axis in Enumerable.Range(-dims.Length, 2 * dims.Length)
        select Case(op, opset, [.. Flowing(type, dims), Operand.Scalar(0.004), Operand.Zero(type)], Attribute.Int("axis", axis), Attribute.Int("opset", softmax));

    private static IEnumerable<OperatorCase> QLinearPool(string op, long opset) =>
        from dims in new long[][] { [N, 8, 11, 9], [N, 12, 7, 12], [N, 8, 13] }
        let space = dims.Length - 2
        from type in Bytes
        from last in new long[] { 0, 1 }
        from kernel in op.Contains("Global", StringComparison.Ordinal) ? [null] : new[] { Repeated("kernel_shape", 2, space), Repeated("kernel_shape", 3, space) }
        from stride in kernel is null ? [null] : new[] { null, Repeated("strides", 2, space) }
        from around in kernel is null ? [null] : Surroundings(space)
        from ceil in kernel is null ? [null] : new[] { null, Attribute.Int("ceil_mode", 1) }
        select Case(op, opset, [.. Flowing(type, last == 0 ? dims : [dims[0], .. dims[2..], dims[1]]), .. Result(type)], Attribute.Int("channels_last", last), kernel, stride, around, ceil);

    private static IEnumerable<OperatorCase> QLinearConcat(string op, long opset) =>
        from dims in Activations
        from type in Bytes
        from axis in Enumerable.Range(1 - dims.Length, (2 * dims.Length) - 1)
        from parts in new[] { 1, 2, 3 }
        select Case(op, opset, [.. Result(type), .. Enumerable.Repeat(Flowing(type, dims), parts).SelectMany(p => p)], Attribute.Int("axis", axis));

    private static IEnumerable<OperatorCase> DynamicQuantizeMatMul(string op, long opset) =>
        from dims in new long[][] { [N, 8], [N, 5, 8], [N, 3, 5, 8] }
        from right in Right()
        from bias in new[] { false, true }
        select Case(op, opset, [Operand.Of(dims), right.B, right.Scale, right.Zero, .. bias ? [new Operand.Weight(6)] : Array.Empty<Operand>()]);

    private static IEnumerable<OperatorCase> MatMulIntegerToFloat(string op, long opset) =>
        from dims in new long[][] { [N, 8], [N, 5, 8], [N, 3, 5, 8] }
        from type in Bytes
        from right in Right()
        from bias in new[] { false, true }
        select Case(op, opset,
            [new Operand.Quantized(dims, type), right.B, Operand.Scalar(Operand.Quantized.Scale), right.Scale, Operand.Zero(type), right.Zero, .. bias ? [new Operand.Weight(6)] : Array.Empty<Operand>()]);

    // A constant right operand with one scale or with one per column, and the zero point likewise.
    private static IEnumerable<(Operand B, Operand Scale, Operand Zero)> Right() =>
        from type in Bytes
        from perColumn in new[] { false, true }
        from zero in new[] { false, true }
        let scale = perColumn ? Operand.Floats(0.02, 0.03, 0.04, 0.02, 0.03, 0.04) : Operand.Scalar(0.02)
        select (Operand.Integers(type, 8, 6), scale, zero ? perColumn ? Operand.Zero(type, 6) : Operand.Zero(type) : None);

    private static IEnumerable<OperatorCase> GemmFastGelu(string op, long opset) =>
        from dims in new long[][] { [N, 8], [N, 5, 8] }
        from bias in new[] { false, true }
        select Case(op, opset, [Operand.Of(dims), new Operand.Weight(8, 6), .. bias ? [new Operand.Weight(6)] : Array.Empty<Operand>()]);

    private static IEnumerable<OperatorCase> DynamicQuantizeLstm(string op, long opset) =>
        from direction in new[] { "forward", "reverse", "bidirectional" }
        let directions = direction == "bidirectional" ? 2L : 1
        from type in Bytes
        from perGate in new[] { false, true }
        from more in Enumerable.Range(0, 5)
        from outputs in new[] { 1, 3 }
        let parameters = perGate ? new[] { directions, 24 } : [directions]
        let scale = new Operand.Constant(Tensors.Make("", ElementType.Float, parameters, [.. Enumerable.Range(0, (int)parameters.Aggregate(1L, (n, d) => n * d)).Select(i => 0.01 + (0.0005 * i))]))
        let zero = new Operand.Constant(Tensors.Make("", type, parameters, [.. Enumerable.Repeat(type == ElementType.Uint8 ? 128.0 : 0, (int)parameters.Aggregate(1L, (n, d) => n * d))]))
        let all = new Operand[]
        {
            Operand.Of(5, N, 8), Operand.Integers(type, directions, 8, 24), Operand.Integers(type, directions, 6, 24), new Operand.Weight(directions, 48),
            None, Operand.Of(directions, N, 6), Operand.Of(directions, N, 6), new Operand.Weight(directions, 18),
        }
        select Case(op, opset,
            [.. all.Select((operand, i) => i < More("LSTM", more) ? operand : None), scale, zero, scale, zero], Attribute.Int("hidden_size", 6), Attribute.Text("direction", direction)) with
        { Outputs = outputs };
}
