using OnnxPrune.Layouts;

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
        new(Microsoft, "DequantizeLinear", 1, Newest, new DequantizeLinear()),
        new(Microsoft, "DynamicQuantizeLSTM", 1, Newest, new DynamicQuantizeLstm()),
        new(Microsoft, "DynamicQuantizeMatMul", 1, Newest, new QuantizedMatMul(null, new([2], 3, Axis: -1), bias: 4)),
        new(Microsoft, "EmbedLayerNormalization", 1, Newest, new EmbedLayerNormalization()),
        new(Microsoft, "FastGelu", 1, Newest, new ElementwiseBroadcast(ZeroWhen.All, operands: 1)),
        new(Microsoft, "FusedConv", 1, Newest, new FusedConv()),
        new(Microsoft, "FusedGemm", 1, Newest, new FusedGemm()),
        new(Microsoft, "FusedMatMul", 1, Newest, new FusedMatMul()),
        new(Microsoft, "Gelu", 1, Newest, ElementwiseUnary.ZeroToZero),
        new(Microsoft, "GemmFastGelu", 1, Newest, new GemmFastGelu()),
        new(Microsoft, "GroupNorm", 1, Newest, new ChannelsLastGroupNormalization()),
        new(Microsoft, "GroupQueryAttention", 1, Newest, new GroupQueryAttention()),
        new(Microsoft, "MatMulIntegerToFloat", 1, Newest, new QuantizedMatMul(new([2], 4, Axis: -2), new([3], 5, Axis: -1), bias: 6)),
        new(Microsoft, "MatMulNBits", 1, Newest, new MatMulNBits()),
        new(Microsoft, "MultiHeadAttention", 1, Newest, new MultiHeadAttention()),
        new(Microsoft, "NhwcConv", 1, Newest, new NhwcConv()),
        new(Microsoft, "QAttention", 1, Newest, new Pinned("its weights are quantised")),
        new(Microsoft, "QLinearAdd", 1, Newest, new QLinearBroadcast(ZeroWhen.All, (a, b) => a & b)),
        new(Microsoft, "QLinearAveragePool", 1, Newest, new QLinearPool()),
        new(Microsoft, "QLinearConcat", 1, Newest, new QLinearConcat()),
        new(Microsoft, "QLinearGlobalAveragePool", 1, Newest, new QLinearPool()),
        new(Microsoft, "QLinearLeakyRelu", 1, Newest, new QLinearUnary(keepsZero: true, signs => signs & Signs.NotNegative)),
        new(Microsoft, "QLinearMul", 1, Newest, new QLinearBroadcast(ZeroWhen.Any, SignRules.Product)),
        new(Microsoft, "QLinearSigmoid", 1, Newest, new QLinearUnary(keepsZero: false, _ => Signs.NotNegative)),
        new(Microsoft, "QLinearSoftmax", 1, Newest, new QLinearSoftmax()),
        new(Microsoft, "QLinearWhere", 1, Newest, new QLinearBroadcast(ZeroWhen.AllButFirst, (a, b) => a & b, first: 1)),
        new(Microsoft, "QuantizeLinear", 1, Newest, new QuantizeLinear()),
        new(Microsoft, "QuickGelu", 1, Newest, ElementwiseUnary.ZeroToZero),
        new(Microsoft, "RotaryEmbedding", 1, Newest, new RotaryEmbedding(tables: 2, positions: 1)),
        new(Microsoft, "SkipLayerNormalization", 1, Newest, new SkipNormalization(hasBeta: true)),
        new(Microsoft, "SkipSimplifiedLayerNormalization", 1, Newest, new SkipNormalization(hasBeta: false)),
        new(Microsoft, "TransposeMatMul", 1, Newest, new FusedMatMul()),
    ];
}
