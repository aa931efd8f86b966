using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Operators of com.microsoft.</content>
internal static partial class OperatorMatrix
{
    private static void AddContributed(Action<Func<string, long, IEnumerable<OperatorCase>>, string[]> add)
    {
        void Add(Func<string, long, IEnumerable<OperatorCase>> family, params string[] operators) => add(family, [.. operators.Select(op => "com.microsoft." + op)]);
        Add(Unary, "Gelu", "QuickGelu");
        Add(Biased, "BiasGelu", "FastGelu", "BiasAdd", "BiasSplitGelu");
        Add(FusedConv, "FusedConv");
        Add(FusedGemm, "FusedGemm");
        Add(FusedMatMul, "FusedMatMul", "TransposeMatMul");
        Add(SkipNormalization, "SkipLayerNormalization", "SkipSimplifiedLayerNormalization");
        Add(EmbedLayerNormalization, "EmbedLayerNormalization");
        Add(PackedAttention, "Attention");
        Add(MultiHeadAttention, "MultiHeadAttention");
        Add(GroupQueryAttention, "GroupQueryAttention");
        Add(TurnedByPosition, "RotaryEmbedding");
        Add(MatMulNBits, "MatMulNBits");
        Add(ChannelsLastConv, "NhwcConv");
        Add(ChannelsLastGroups, "GroupNorm");
    }

    private static IEnumerable<OperatorCase> Biased(string op, long opset) =>
        from dims in new long[][] { [N, 6, 10], [N, 12], [N, 8, 6, 4] }
        from weight in new[] { false, true }
        from count in op switch { "com.microsoft.FastGelu" => new[] { 1, 2 }, "com.microsoft.BiasAdd" => [3], _ => [2] }
        let operands = new[] { Operand.Of(dims), weight ? new Operand.Weight(dims[^1]) : Operand.Of(dims[^1]), Operand.Of(dims) }
        select Case(op, opset, operands[..count]);

    private static IEnumerable<AttributeProto?[]> FusedActivations() =>
    [
        [null], [Attribute.Text("activation", "Relu")], [Attribute.Text("activation", "Tanh")], [Attribute.Text("activation", "Sigmoid")],
        [Attribute.Text("activation", "LeakyRelu"), Attribute.Floats("activation_params", 0.1f)], [Attribute.Text("activation", "Clip"), Attribute.Floats("activation_params", 0, 6)],
        [Attribute.Text("activation", "Clip"), Attribute.Floats("activation_params", 0.5f, 6)], [Attribute.Text("activation", "HardSigmoid"), Attribute.Floats("activation_params", 0.2f, 0.5f)],
    ];

    private static IEnumerable<OperatorCase> FusedConv(string op, long opset) =>
        from activation in FusedActivations()
        from g in new (long Group, long Out)[] { (1, 6), (2, 8), (4, 12), (8, 8) }
        from bias in new[] { false, true }
        from sum in new[] { false, true }
        let operands = new[] { Operand.Of(N, 8, 7, 9), new Operand.Weight(g.Out, 8 / g.Group, 3, 3), bias ? new Operand.Weight(g.Out) : None }
        select Case(op, opset, sum ? [.. operands, Operand.Of(N, g.Out, 7, 9)] : operands[..(bias ? 3 : 2)],
            [Attribute.Int("group", g.Group), Attribute.Ints("pads", 1, 1, 1, 1), .. activation]);

    private static IEnumerable<OperatorCase> FusedGemm(string op, long opset) =>
        from gemm in Gemm(op, opset)
        from activation in new[] { "Relu", "Tanh", "Sigmoid", "LeakyRelu" }
        select gemm with { Attributes = [.. gemm.Attributes, Attribute.Text("activation", activation)] };

    private static IEnumerable<OperatorCase> FusedMatMul(string op, long opset) =>
        from batch in new (long[] A, long[] B)[] { ([], []), ([N], [N]), ([N, 3], [N, 3]), ([N, 3], [1, 3]), ([N, 4], []) }
        from swapped in new (long A, long B)[] { (0, 0), (1, 0), (0, 1), (1, 1) }
        from moved in op.EndsWith("FusedMatMul", StringComparison.Ordinal) && batch.B.Length > 0 ? new (long A, long B)[] { (0, 0), (1, 0), (0, 1), (1, 1) } : [(0, 0)]
        from alpha in new[] { null, Attribute.Float("alpha", 0.5f) }
        from weight in batch.B.Contains(N) ? new[] { false } : [false, true]
        let a = Arranged(batch.A, 5, 8, swapped.A, moved.A)
        let b = Arranged(batch.B, 8, 6, swapped.B, moved.B)
        select Case(op, opset, [Operand.Of(a), weight ? new Operand.Weight(b) : Operand.Of(b)], Attribute.Int("transA", swapped.A), Attribute.Int("transB", swapped.B),
            moved.A == 0 ? null : Attribute.Int("transBatchA", 1), moved.B == 0 ? null : Attribute.Int("transBatchB", 1), alpha);

    private static long[] Arranged(long[] batch, long rows, long columns, long swapped, long moved)
    {
        if (swapped != 0) (rows, columns) = (columns, rows);
        return moved != 0 ? [rows, .. batch, columns] : [.. batch, rows, columns];
    }

    private static IEnumerable<OperatorCase> SkipNormalization(string op, long opset)
    {
        bool simplified = op.Contains("Simplified", StringComparison.Ordinal);
        return from skip in new long[][] { [N, 7, 12], [1, 7, 12], [7, 12] }
               from shift in simplified ? new[] { false } : [false, true]
               from bias in new[] { false, true }
               from outputs in new[] { 1, 4 }
               let operands = new[] { Operand.Of(N, 7, 12), Operand.Of(skip), new Operand.Weight(12) }
               let rest = simplified ? new Operand[] { new Operand.Weight(12) } : [shift ? new Operand.Weight(12) : None, new Operand.Weight(12)]
               select Case(op, opset, bias ? [.. operands, .. rest] : shift ? [.. operands, rest[0]] : operands, Attribute.Float("epsilon", 1e-5f)) with { Outputs = outputs, Unnamed = [1, 2] };
    }

    private static IEnumerable<OperatorCase> EmbedLayerNormalization(string op, long opset) =>
        from segments in new[] { false, true }
        from masked in new[] { false, true }
        from outputs in new[] { 2, 3 }
        let ids = new Operand.Data([N, 5], ElementType.Int32)
        select Case(op, opset,
            [ids, segments ? ids : None, new Operand.Weight(20, 12), new Operand.Weight(9, 12), segments ? new Operand.Weight(2, 12) : None, new Operand.Weight(12), new Operand.Weight(12), .. masked ? [ids] : Array.Empty<Operand>()]) with
        { Outputs = outputs };

    private static IEnumerable<OperatorCase> PackedAttention(string op, long opset) =>
        from heads in new long[] { 2, 4 }
        from value in new long[] { 8, 6 }
        from mask in new Operand?[] { null, new Operand.Data([N, 5], ElementType.Int32) }
        from past in value == 8 ? new[] { false, true } : [false]
        from scores in new[] { null, new Operand.Weight(1, heads, 5, 5), Operand.Of(N, heads, 5, 5) }
        from causal in new long[] { 0, 1 }
        from scale in new[] { null, Attribute.Float("scale", 0.3f) }
        where !past || (mask is null && scores is null)
        let width = heads * (8 + 8 + value)
        select Case(op, opset,
            [Operand.Of(N, 5, 12), new Operand.Weight(12, width), new Operand.Weight(width), mask ?? None, past ? Operand.Of(2, N, heads, 3, 8) : None, .. scores is null ? Array.Empty<Operand>() : [scores]],
            Attribute.Int("num_heads", heads), causal == 0 ? null : Attribute.Int("unidirectional", 1), scale,
            value == 8 ? null : Attribute.Ints("qkv_hidden_sizes", heads * 8, heads * 8, heads * value)) with
        { Outputs = past ? 2 : 1 };

    private static IEnumerable<OperatorCase> MultiHeadAttention(string op, long opset) =>
        from form in new[] { "folded", "crossed", "past" }
        from value in new long[] { 8, 6 }
        from bias in form == "crossed" ? new[] { false } : [false, true]
        from scores in form == "past" ? new Operand?[] { null } : [null, new Operand.Weight(1, 4, 5, 7), Operand.Of(N, 4, 5, 7), Operand.Of(N, 1, 5, 7)]
        from mask in new[] { null, new Operand.Data([N, 7], ElementType.Int32) }
        from causal in new long[] { 0, 1 }
        from scale in new[] { null, Attribute.Float("scale", 0.3f) }
        where mask is null || form != "past"
        let data = form == "crossed"
            ? new[] { Operand.Of(N, 5, 32), Operand.Of(N, 4, 7, 8), Operand.Of(N, 4, 7, value) }
            : [Operand.Of(N, 5, 32), Operand.Of(N, form == "past" ? 5 : 7, 32), Operand.Of(N, form == "past" ? 5 : 7, 4 * value)]
        let rest = new[] { bias ? new Operand.Weight(32 + 32 + (4 * value)) : None, mask ?? None, scores ?? None }
        select Case(op, opset, [.. data, .. rest, .. form == "past" ? [Operand.Of(N, 4, 3, 8), Operand.Of(N, 4, 3, value)] : Array.Empty<Operand>()],
            Attribute.Int("num_heads", 4), causal == 0 ? null : Attribute.Int("unidirectional", 1), scale) with
        { Outputs = form == "past" ? 3 : 1 };

    // A batch of 2, whose lengths are constants: 5 tokens, behind 3 in the past.
    private static IEnumerable<OperatorCase> GroupQueryAttention(string op, long opset) =>
        from heads in new (long Query, long Key)[] { (4, 4), (4, 2), (6, 2), (4, 1) }
        from packed in new[] { false, true }
        from past in new[] { false, true }
        from turned in new long[] { 0, 1 }
        from scale in new[] { null, Attribute.Float("scale", 0.3f) }
        from cap in new[] { null, Attribute.Float("softcap", 2) }
        from window in new[] { null, Attribute.Int("local_window_size", 3) }
        let total = past ? 8 : 5
        let data = packed
            ? new[] { Operand.Of(2, 5, (heads.Query + (2 * heads.Key)) * 16), None, None }
            : [Operand.Of(2, 5, heads.Query * 16), Operand.Of(2, 5, heads.Key * 16), Operand.Of(2, 5, heads.Key * 16)]
        let state = past ? Operand.Of(2, heads.Key, 3, 16) : None
        let lengths = new Operand.Constant(Tensors.Make("", ElementType.Int32, [2], [total - 1, total - 1]))
        select Case(op, opset, [.. data, state, state, lengths, Operand.Scalar(total, ElementType.Int32), .. turned == 0 ? Array.Empty<Operand>() : [new Operand.Weight(16, 8), new Operand.Weight(16, 8)]],
            Attribute.Int("num_heads", heads.Query), Attribute.Int("kv_num_heads", heads.Key), turned == 0 ? null : Attribute.Int("do_rotary", 1), scale, cap, window) with
        { Outputs = past ? 3 : 1 };

    private static IEnumerable<OperatorCase> TurnedByPosition(string op, long opset) =>
        from folded in new[] { false, true }
        from size in new long[] { 8, 12 }
        from interleaved in new long[] { 0, 1 }
        from turned in new long[] { 0, 4 }
        from named in turned > 0 ? new[] { true } : [false, true]
        from positions in new Operand[] { new Operand.Data([N, 5], ElementType.Int64), Operand.Ints(2) }
        let table = new Operand.Weight(10, (turned > 0 ? turned : size) / 2)
        select Case(op, opset, [folded ? Operand.Of(N, 5, 4 * size) : Operand.Of(N, 4, 5, size), positions, table, table], Attribute.Int("interleaved", interleaved),
            turned > 0 ? Attribute.Int("rotary_embedding_dim", turned) : null, named ? Attribute.Int("num_heads", 4) : null);

    private static IEnumerable<OperatorCase> MatMulNBits(string op, long opset) =>
        from dims in new long[][] { [N, 64], [N, 5, 64], [N, 40] }
        from block in new long[] { 16, 32 }
        from zero in new[] { false, true }
        from bias in new[] { false, true }
        from accuracy in new[] { null, Attribute.Int("accuracy_level", 1) }
        from flat in new[] { false, true }
        let blocks = (dims[^1] + block - 1) / block
        let codes = Codes(6, blocks, block / 2)
        let scales = new Operand.Weight(flat ? [6 * blocks] : [6, blocks]) { Positive = true }
        let rest = new[] { zero ? flat ? Codes(6 * ((blocks + 1) / 2)) : Codes(6, (blocks + 1) / 2) : None, None, new Operand.Weight(6) }
        select Case(op, opset, [Operand.Of(dims), codes, scales, .. rest[..(bias ? 3 : zero ? 1 : 0)]],
            Attribute.Int("K", dims[^1]), Attribute.Int("N", 6), Attribute.Int("bits", 4), Attribute.Int("block_size", block), accuracy);

    private static Operand.Constant Codes(params long[] dims) =>
        new(Tensors.Make("", ElementType.Uint8, dims, [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (n, d) => n * d)).Select(i => (double)(i * 37 % 256))]));

    private static IEnumerable<OperatorCase> ChannelsLastConv(string op, long opset) =>
        from g in new (long Group, long Out)[] { (1, 6), (2, 8) }
        select Case(op, opset, [Operand.Of(N, 7, 9, 8), new Operand.Weight(g.Out, 3, 3, 8 / g.Group), new Operand.Weight(g.Out)], Attribute.Int("group", g.Group));

    private static IEnumerable<OperatorCase> ChannelsLastGroups(string op, long opset) =>
        from groups in new long[] { 2, 4 }
        select Case(op, opset, [Operand.Of(N, 5, 6, 8), new Operand.Weight(8), new Operand.Weight(8)], Attribute.Int("groups", groups), Attribute.Int("activation", 1));
}
