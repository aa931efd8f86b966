namespace OnnxPrune.Operators;

/// <content>Quantised operators of com.microsoft, and operators of ai.onnx.ml.</content>
internal static partial class CouplingLines
{
    private static CouplingLine[] ContributedQuantized =>
    [
        new("y = com.microsoft.QuantizeLinear<axis = 1>(x, s, z)", "float[2,3,4] x, float[3] s, uint16[3] z", "QuantizeLinear: a b c, b, b -> a b c"),
        new("y = com.microsoft.QuantizeLinear(x, s, z)", "float[2,3] x, float s, uint8 z", "QuantizeLinear: a b, (), () -> a b"),
        new("y = com.microsoft.DequantizeLinear(x, s, z)", "uint16[2,3] x, float s, uint16 z", "DequantizeLinear: a b, (), () -> a b"),
        new("y = com.microsoft.DequantizeLinear<axis = 0>(x, s)", "int8[8,3,3,3] x, float[8] s", "DequantizeLinear: a b c d, a -> a b c d"),
        new("y = com.microsoft.QLinearAdd(a, sa, za, b, sb, zb, sy, zy)", "uint8[2,3] a, float sa, uint8 za, uint8[2,3] b, float sb, uint8 zb, float sy, uint8 zy",
            "QLinearAdd: a b, (), (), a b, (), (), (), () -> a b"),
        new("y = com.microsoft.QLinearAdd(a, sa, , b, sb, , sy)", "uint8[2,5,3] a, float sa, uint8[3] b, float sb, float sy", "QLinearAdd: a b c, (), _, c, (), _, () -> a b c"),
        new("y = com.microsoft.QLinearMul(a, sa, za, b, sb, zb, sy, zy)", "int8[2,3,4,4] a, float sa, int8 za, int8[2,3,1,1] b, float sb, int8 zb, float sy, int8 zy",
            "QLinearMul: a b c d, (), (), a b 1 1, (), (), (), () -> a b c d"),
        new("y = com.microsoft.QLinearWhere(c, a, sa, za, b, sb, zb, sy, zy)", "bool[2,1] c, uint8[2,3] a, float sa, uint8 za, uint8 b, float sb, uint8 zb, float sy, uint8 zy",
            "QLinearWhere: a 1, a b, (), (), (), (), (), (), () -> a b"),
        new("y = com.microsoft.QLinearConcat<axis = 1>(sy, zy, a, sa, za, b, sb, zb)", "float sy, uint8 zy, uint8[2,3] a, float sa, uint8 za, uint8[2,4] b, float sb, uint8 zb",
            "QLinearConcat: (), (), a b, (), (), a c, (), () -> a b+c"),
        new("y = com.microsoft.QLinearConcat<axis = -1>(sy, zy, a, sa, za, a, sa, za)", "float sy, uint8 zy, uint8[2,3] a, float sa, uint8 za",
            "QLinearConcat: (), (), a b, (), (), a b, (), () -> a 2*b"),
        new("y = com.microsoft.QLinearAveragePool<kernel_shape = [2,2], strides = [2,2]>(x, sx, zx, sy, zy)", "uint8[2,3,4,4] x, float sx, uint8 zx, float sy, uint8 zy",
            "QLinearAveragePool: a b 4 4, (), (), (), () -> a b 2 2"),
        new("y = com.microsoft.QLinearAveragePool<kernel_shape = [2,2], channels_last = 1>(x, sx, zx, sy, zy)", "uint8[2,4,4,3] x, float sx, uint8 zx, float sy, uint8 zy",
            "QLinearAveragePool: a 4 4 b, (), (), (), () -> a 3 3 b"),
        new("y = com.microsoft.QLinearGlobalAveragePool(x, sx, zx, sy, zy)", "uint8[2,3,4] x, float sx, uint8 zx, float sy, uint8 zy", "QLinearGlobalAveragePool: a b 4, (), (), (), () -> a b 1"),
        new("y = com.microsoft.QLinearGlobalAveragePool<channels_last = 1>(x, sx, zx, sy, zy)", "uint8[2,4,4,3] x, float sx, uint8 zx, float sy, uint8 zy",
            "QLinearGlobalAveragePool: a 4 4 b, (), (), (), () -> a 1 1 b"),
        new("y = com.microsoft.QLinearLeakyRelu<alpha = 0.1>(x, sx, zx, sy, zy)", "uint8[2,3] x, float sx, uint8 zx, float sy, uint8 zy", "QLinearLeakyRelu: a b, (), (), (), () -> a b"),
        new("y = com.microsoft.QLinearSigmoid(x, sx, zx, sy, zy)", "uint8[2,3] x, float sx, uint8 zx, float sy, uint8 zy", "QLinearSigmoid: a b, (), (), (), () -> a b"),
        new("y = com.microsoft.QLinearSoftmax<opset = 13>(x, sx, zx, sy, zy)", "uint8[2,3] x, float sx, uint8 zx, float sy, uint8 zy", "QLinearSoftmax: a b, (), (), (), () -> a b"),
        new("y = com.microsoft.DynamicQuantizeMatMul(a, b, s, z, c)", "float[2,5,3] a, int8[3,4] b, float[4] s, int8[4] z, float[4] c", "DynamicQuantizeMatMul: a b c, c d, d, d, d -> a b d"),
        new("y = com.microsoft.DynamicQuantizeMatMul(a, b, s)", "float[2,3] a, uint8[3,4] b, float s", "DynamicQuantizeMatMul: a b, b c, () -> a c"),
        new("y = com.microsoft.MatMulIntegerToFloat(a, b, sa, sb, za, zb, c)", "uint8[2,5,3] a, int8[3,4] b, float sa, float[4] sb, uint8 za, int8[4] zb, float[4] c",
            "MatMulIntegerToFloat: a b c, c d, (), d, (), d, d -> a b d"),
        new("y = com.microsoft.MatMulIntegerToFloat(a, b, sa, sb)", "int8[2,3] a, int8[3,4] b, float sa, float sb", "MatMulIntegerToFloat: a b, b c, (), () -> a c"),
        new("y = com.microsoft.GemmFastGelu(x, w, b)", "float[2,5,3] x, float[3,4] w, float[4] b", "GemmFastGelu: a b c, c d, d -> a b d"),
        new("y, h, s = com.microsoft.DynamicQuantizeLSTM<hidden_size = 6>(x, w, r, b, , h0, c0, p, ws, wz, rs, rz)",
            "float[T,B,5] x, int8[1,5,24] w, int8[1,6,24] r, float[1,48] b, float[1,B,6] h0, float[1,B,6] c0, float[1,18] p, float[1] ws, int8[1] wz, float[1] rs, int8[1] rz",
            "DynamicQuantizeLSTM: 5|3|7 13|11|17 a, 1 a 4*b, 1 b 4*b, 1 8*b, _, 1 13|11|17 b, 1 13|11|17 b, 1 3*b, 1, 1, 1, 1 -> 5|3|7 1 13|11|17 b, 1 13|11|17 b, 1 13|11|17 b"),
        new("y = com.microsoft.DynamicQuantizeLSTM<hidden_size = 6, direction = \"bidirectional\">(x, w, r, , , , , , ws, wz, rs, rz)",
            "float[3,4,5] x, int8[2,5,24] w, int8[2,6,24] r, float[2,24] ws, int8[2,24] wz, float[2,24] rs, int8[2,24] rz",
            "DynamicQuantizeLSTM: 3 a b, 2 b 4*c, 2 c 4*c, _, _, _, _, _, 2 4*c, 2 4*c, 2 4*c, 2 4*c -> 3 2 a c"),
    ];

    private static CouplingLine[] Classic =>
    [
        new("y = ai.onnx.ml.Scaler<offset = [1.0, 2.0, 3.0], scale = [0.5, 0.5, 2.0]>(x)", "float[2,3] x", "Scaler: a b -> a b"),
        new("y = ai.onnx.ml.Scaler<offset = [1.0], scale = [0.5]>(x)", "int64[2,3,4] x", "Scaler: a b c -> a b c"),
        new("y = ai.onnx.ml.Imputer<imputed_value_floats = [1.0, 2.0, 3.0], replaced_value_float = 9.0>(x)", "float[2,3] x", "Imputer: a b -> a b"),
        new("y = ai.onnx.ml.Imputer<imputed_value_int64s = [1, 2, 3], replaced_value_int64 = 9>(x)", "int64[2,3] x", "Imputer: 2 3 -> 2 3"),
        new("y = ai.onnx.ml.Normalizer<norm = \"L2\">(x)", "float[2,3] x", "Normalizer: a b -> a b"),
        new("y = ai.onnx.ml.Binarizer<threshold = 0.5>(x)", "float[2,3] x", "Binarizer: a b -> a b"),
        new("y = ai.onnx.ml.ArrayFeatureExtractor(x, i)", "float[2,5,6] x, int64[3] i", "ArrayFeatureExtractor: a b 6, 3 -> a b 3"),
        new("y = ai.onnx.ml.ArrayFeatureExtractor(x, i)", "int64[3] x, int64[N] i", "ArrayFeatureExtractor: 3, 5|3|7 -> 1 5|3|7"),
    ];
}
