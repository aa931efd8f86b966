using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Attention and what belongs to it, of ai.onnx: 5 queries, 7 keys, heads of 8 features.</content>
internal static partial class OperatorMatrix
{
    private static readonly Operand None = new Operand.Missing();

    private static IEnumerable<OperatorCase> Attention(string op, long opset) =>
        from folded in new[] { false, true }
        from heads in new (long Query, long Key)[] { (4, 4), (4, 2), (6, 2), (4, 1) }
        from value in new long[] { 8, 6 }
        from mask in Masks(heads.Query)
        from past in new[] { false, true }
        from causal in new long[] { 0, 1 }
        from scale in new[] { null, Attribute.Float("scale", 0.3f) }
        from cap in new[] { null, Attribute.Float("softcap", 2) }
        from scores in new long?[] { null, 0, 2, 3 }
        where mask is Operand.Missing || !past
        let data = folded
            ? new[] { Operand.Of(N, 5, heads.Query * 8), Operand.Of(N, 7, heads.Key * 8), Operand.Of(N, 7, heads.Key * value) }
            : [Operand.Of(N, heads.Query, 5, 8), Operand.Of(N, heads.Key, 7, 8), Operand.Of(N, heads.Key, 7, value)]
        select Case(op, opset, past ? [.. data, None, Operand.Of(N, heads.Key, 3, 8), Operand.Of(N, heads.Key, 3, value)] : mask is Operand.Missing ? data : [.. data, mask],
            folded ? Attribute.Int("q_num_heads", heads.Query) : null, folded ? Attribute.Int("kv_num_heads", heads.Key) : null,
            causal == 0 ? null : Attribute.Int("is_causal", 1), scale, cap, scores is { } mode ? Attribute.Int("qk_matmul_output_mode", mode) : null)
            with
        { Outputs = scores is not null ? 4 : past ? 3 : 1 };

    private static IEnumerable<Operand> Masks(long heads) =>
        [None, new Operand.Weight(5, 7), new Operand.Weight(1, heads, 5, 7), Operand.Of(N, 1, 5, 7), Operand.Of(N, heads, 5, 7), new Operand.Data([N, 1, 5, 7], ElementType.Bool)];

    private static IEnumerable<OperatorCase> RotaryEmbedding(string op, long opset) =>
        from folded in new[] { false, true }
        from size in new long[] { 8, 12 }
        from interleaved in new long[] { 0, 1 }
        from turned in new long[] { 0, 4 }
        from positions in new[] { false, true }
        let width = (turned > 0 ? turned : size) / 2
        let table = positions ? new Operand.Weight(10, width) : Operand.Of(N, 5, width)
        let x = folded ? Operand.Of(N, 5, 4 * size) : Operand.Of(N, 4, 5, size)
        select Case(op, opset, positions ? [x, table, table, new Operand.Data([N, 5], ElementType.Int64)] : [x, table, table],
            Attribute.Int("interleaved", interleaved), turned > 0 ? Attribute.Int("rotary_embedding_dim", turned) : null, folded ? Attribute.Int("num_heads", 4) : null);

    private static IEnumerable<OperatorCase> TensorScatter(string op, long opset) =>
        from choice in new (long[] Cache, long[] Update, long? Axis)[] { ([N, 4, 9, 6], [N, 4, 2, 6], null), ([N, 4, 9, 6], [N, 4, 2, 6], -2), ([N, 9, 8], [N, 3, 8], 1), ([N, 8, 6, 9], [N, 8, 6, 2], 3) }
        from mode in new[] { null, "linear", "circular" }
        from positions in new[] { false, true }
        let data = new[] { Operand.Of(choice.Cache), Operand.Of(choice.Update) }
        select Case(op, opset, positions ? [.. data, new Operand.Data([N], ElementType.Int64)] : data,
            choice.Axis is { } axis ? Attribute.Int("axis", axis) : null, mode is null ? null : Attribute.Text("mode", mode));

    private static IEnumerable<OperatorCase> CenterCropPad(string op, long opset)
    {
        (long[] Dims, long[] Sizes, long[]? Axes)[] choices =
        [
            ([N, 8, 6, 5], [4, 9], [2, 3]), ([N, 8, 6, 5], [8, 3], [1, 2]), ([N, 8, 6, 5], [3], [-1]), ([N, 8, 6, 5], [5, 4], [1, -2]), ([2, 8, 6, 5], [2, 8, 4, 7], null), ([N, 12], [12], [1]), ([N, 6, 12], [12, 8], [2, 1]),
        ];
        return choices.Select(c => Case(op, opset, [Operand.Of(c.Dims), Operand.Ints(c.Sizes)], c.Axes is null ? null : Attribute.Ints("axes", c.Axes)));
    }

    private static IEnumerable<OperatorCase> DeformConv(string op, long opset) =>
        from kernel in new long[] { 1, 2, 3 }
        from stride in new long[] { 1, 2 }
        from pad in new long[] { 0, 1 }
        from g in new (long Group, long Offsets)[] { (1, 1), (2, 1), (1, 2), (4, 2), (8, 8) }
        from bias in new[] { false, true }
        from masked in new[] { false, true }
        let side = ((7 + (2 * pad) - kernel) / stride) + 1
        let operands = new[] { Operand.Of(N, 8, 7, 7), new Operand.Weight(8, 8 / g.Group, kernel, kernel), Operand.Of(N, 2 * kernel * kernel * g.Offsets, side, side) }
        let rest = new[] { bias ? new Operand.Weight(8) : None, masked ? Operand.Of(N, kernel * kernel * g.Offsets, side, side) : None }
        select Case(op, opset, masked ? [.. operands, .. rest] : bias ? [.. operands, rest[0]] : operands, g.Group == 1 ? null : Attribute.Int("group", g.Group),
            g.Offsets == 1 ? null : Attribute.Int("offset_group", g.Offsets), Repeated("strides", stride, 2), pad == 0 ? null : Attribute.Ints("pads", 1, 1, 1, 1));
}
