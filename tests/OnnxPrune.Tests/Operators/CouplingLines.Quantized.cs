namespace OnnxPrune.Operators;

/// <content>Quantised operators.</content>
internal static partial class CouplingLines
{
    private static CouplingLine[] Quantized =>
    [
        new("y = QuantizeLinear(x, s, z)", "float[2,3,4] x, float s, uint8 z", "QuantizeLinear: a b c, (), () -> a b c"),
        new("y = QuantizeLinear(x, s)", "float[2,3,4] x, float[1] s", "QuantizeLinear: a b c, 1 -> a b c", 10),
        new("y = QuantizeLinear<axis = -2>(x, s, z)", "float[2,3,4] x, float[3] s, uint8[3] z", "QuantizeLinear: a b c, b, b -> a b c"),
        new("y = QuantizeLinear<axis = 1, block_size = 2>(x, s)", "float[2,6,4] x, float[2,3,4] s", "QuantizeLinear: a b*2 c, a b c -> a b*2 c"),
        new("y = QuantizeLinear<axis = 1, block_size = 2>(x, s)", "float[2,7,4] x, float[2,4,4] s", "QuantizeLinear: a 7 b, a 4 b -> a 7 b"),
        new("y = DequantizeLinear(x, s, z)", "int8[2,3,4] x, float s, int8 z", "DequantizeLinear: a b c, (), () -> a b c"),
        new("y = DequantizeLinear<axis = 0>(x, s, z)", "int8[8,3,3,3] x, float[8] s, int8[8] z", "DequantizeLinear: a b c d, a, a -> a b c d"),
        new("y = DequantizeLinear<axis = 0>(x, s)", "int32[8] x, float[8] s", "DequantizeLinear: a, a -> a"),
        new("y = DequantizeLinear<axis = 0, block_size = 16>(x, s, z)", "uint4[64,10] x, float[4,10] s, uint4[4,10] z", "DequantizeLinear: a*16 b, a b, a b -> a*16 b"),
        new("y, s, z = DynamicQuantizeLinear(x)", "float[2,3] x", "DynamicQuantizeLinear: a b -> a b, (), ()"),
        new("y = ConvInteger(x, w, zx, zw)", "uint8[2,4,6,6] x, int8[8,4,3,3] w, uint8 zx, int8[8] zw", "ConvInteger: a b 6 6, c b 3 3, (), c -> a c 4 4"),
        new("y = ConvInteger<group = 2>(x, w)", "uint8[2,4,6,6] x, uint8[6,2,3,3] w", "ConvInteger: a b*c 6 6, b*d c 3 3 -> a b*d 4 4"),
        new("y = MatMulInteger(a, b, za, zb)", "uint8[2,5,3] a, int8[3,4] b, uint8 za, int8[4] zb", "MatMulInteger: a b c, c d, (), d -> a b d"),
        new("y = MatMulInteger(a, b, za)", "int8[5,3] a, int8[3,4] b, int8[5] za", "MatMulInteger: a b, b c, a -> a c"),
        new("y = QLinearConv<group = 2>(x, xs, xz, w, ws, wz, ys, yz, b)",
            "uint8[2,4,6,6] x, float xs, uint8 xz, int8[6,2,3,3] w, float[6] ws, int8[6] wz, float ys, uint8 yz, int32[6] b",
            "QLinearConv: a b*c 6 6, (), (), b*d c 3 3, b*d, b*d, (), (), b*d -> a b*d 4 4"),
        new("y = QLinearConv(x, xs, xz, w, ws, wz, ys, yz)", "uint8[2,4,6] x, float xs, uint8 xz, int8[8,4,3] w, float ws, int8 wz, float ys, uint8 yz",
            "QLinearConv: a b 6, (), (), c b 3, (), (), (), () -> a c 4"),
        new("y = QLinearMatMul(a, sa, za, b, sb, zb, sy, zy)", "uint8[2,5,3] a, float sa, uint8 za, int8[3,4] b, float[4] sb, int8[4] zb, float sy, uint8 zy",
            "QLinearMatMul: a b c, (), (), c d, d, d, (), () -> a b d"),
        new("y = QLinearMatMul(a, sa, za, b, sb, zb, sy, zy)", "int8[5,3] a, float[5] sa, int8[5] za, int8[3,4] b, float sb, int8 zb, float[5] sy, int8[5] zy",
            "QLinearMatMul: a b, a, a, b c, (), (), a, a -> a c"),
    ];
}
