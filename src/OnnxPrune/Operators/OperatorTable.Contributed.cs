namespace OnnxPrune.Operators;

/// <content>Operators of com.microsoft, into which exporters and graph optimizers fuse those of ai.onnx.</content>
internal static partial class OperatorTable
{
    private const string Microsoft = "com.microsoft";

    private static OperatorEntry[] Contributed =>
    [
        new(Microsoft, "Attention", 1, Newest, new PackedAttention()),
        new(Microsoft, "BiasAdd", 1, Newest, new ElementwiseBroadcast(ZeroWhen.All)),
        new(Microsoft, "BiasGelu", 1, Newest, new ElementwiseBroadcast(ZeroWhen.All)),
        new(Microsoft, "BiasSplitGelu", 1, Newest, new BiasSplitGelu()),
        new(Microsoft, "EmbedLayerNormalization", 1, Newest, new EmbedLayerNormalization()),
        new(Microsoft, "FastGelu", 1, Newest, new ElementwiseBroadcast(ZeroWhen.All, operands: 1)),
        new(Microsoft, "FusedConv", 1, Newest, new FusedConv()),
        new(Microsoft, "FusedGemm", 1, Newest, new FusedGemm()),
        new(Microsoft, "FusedMatMul", 1, Newest, new FusedMatMul()),
        new(Microsoft, "Gelu", 1, Newest, ElementwiseUnary.ZeroToZero),
        new(Microsoft, "GroupNorm", 1, Newest, new ChannelsLastGroupNormalization()),
        new(Microsoft, "GroupQueryAttention", 1, Newest, new GroupQueryAttention()),
        new(Microsoft, "MatMulNBits", 1, Newest, new MatMulNBits()),
        new(Microsoft, "MultiHeadAttention", 1, Newest, new MultiHeadAttention()),
        new(Microsoft, "NhwcConv", 1, Newest, new NhwcConv()),
        new(Microsoft, "QAttention", 1, Newest, new Pinned("its weights are quantised")),
        new(Microsoft, "QuickGelu", 1, Newest, ElementwiseUnary.ZeroToZero),
        new(Microsoft, "RotaryEmbedding", 1, Newest, new RotaryEmbedding(tables: 2, positions: 1)),
        new(Microsoft, "SkipLayerNormalization", 1, Newest, new SkipNormalization(hasBeta: true)),
        new(Microsoft, "SkipSimplifiedLayerNormalization", 1, Newest, new SkipNormalization(hasBeta: false)),
        new(Microsoft, "TransposeMatMul", 1, Newest, new FusedMatMul()),
    ];
}
