namespace OnnxPrune.Operators;

/// <content>Operators of com.microsoft, and those that its runtime adds to ai.onnx.</content>
internal static partial class CouplingLines
{
    private static CouplingLine[] Contributed =>
    [
        new("y = com.microsoft.Gelu(x)", "float[2,3] x", "Gelu: a b -> a b"),
        new("y = com.microsoft.QuickGelu<alpha = 1.0>(x)", "float[2,3] x", "QuickGelu: a b -> a b"),
        new("y = com.microsoft.BiasGelu(x, b)", "float[2,3] x, float[3] b", "BiasGelu: a b, b -> a b"),
        new("y = com.microsoft.FastGelu(x, b)", "float[2,3] x, float[3] b", "FastGelu: a b, b -> a b"),
        new("y = com.microsoft.FastGelu(x)", "float[2,3] x", "FastGelu: a b -> a b"),
        new("y = com.microsoft.BiasAdd(x, b, s)", "float[2,5,3] x, float[3] b, float[2,5,3] s", "BiasAdd: a b c, c, a b c -> a b c"),
        new("y = com.microsoft.BiasSplitGelu(x, b)", "float[2,5,6] x, float[6] b", "BiasSplitGelu: a b 2*c, 2*c -> a b c"),
        new("y = com.microsoft.FusedConv<group = 2, activation = \"Relu\">(x, w, b, z)", "float[2,4,6,6] x, float[6,2,3,3] w, float[6] b, float[2,6,4,4] z",
            "FusedConv: a b*c 6 6, b*d c 3 3, b*d, a b*d 4 4 -> a b*d 4 4"),
        new("y = com.microsoft.FusedGemm<transB = 1, activation = \"Relu\">(a, b, c)", "float[2,3] a, float[4,3] b, float[4] c", "FusedGemm: a b, c b, c -> a c"),
        new("y = com.microsoft.FusedMatMul<transA = 1, transB = 1>(a, b)", "float[2,3,4] a, float[2,5,3] b", "FusedMatMul: a b c, a d b -> a c d"),
        new("y = com.microsoft.FusedMatMul<transBatchA = 1>(a, b)", "float[4,2,6,3] a, float[2,6,3,5] b", "FusedMatMul: a b c d, b c d e -> b c a e"),
        new("y = com.microsoft.TransposeMatMul<transB = 1>(a, b)", "float[2,3] a, float[5,3] b", "TransposeMatMul: a b, c b -> a c"),
        new("y = com.microsoft.GroupNorm<groups = 4>(x, s, b)", "float[2,5,6,8] x, float[8] s, float[8] b", "GroupNorm: a 5 6 b*c, b*c, b*c -> a 5 6 b*c"),
        new("y = com.microsoft.GroupNorm<groups = 4, channels_last = 0>(x, s, b)", "float[2,8,5] x, float[8] s, float[8] b", "GroupNorm: a b*c 5, b*c, b*c -> a b*c 5"),
        new("y = com.microsoft.NhwcConv<group = 2>(x, w, b)", "float[2,6,6,4] x, float[6,3,3,2] w, float[6] b", "NhwcConv: a 6 6 b*c, b*d 3 3 c, b*d -> a 4 4 b*d"),
        new("y, m = com.microsoft.EmbedLayerNormalization(i, , w, p, , s, b)", "int32[2,5] i, float[20,6] w, float[9,6] p, float[6] s, float[6] b",
            "EmbedLayerNormalization: 2 5, _, 20 a, 9 a, _, a, a -> 2 5 a, 2"),
        new("y, , , z = com.microsoft.SkipLayerNormalization(x, k, s, t, b)", "float[2,5,6] x, float[5,6] k, float[6] s, float[6] t, float[6] b",
            "SkipLayerNormalization: a b c, b c, c, c, c -> a b c, _, _, a b c"),
        new("y = com.microsoft.SkipSimplifiedLayerNormalization(x, k, s, b)", "float[2,5,6] x, float[2,5,6] k, float[6] s, float[6] b",
            "SkipSimplifiedLayerNormalization: a b c, a b c, c, c -> a b c"),
        new("y, d = SimplifiedLayerNormalization(x, s)", "float[2,5,6] x, float[6] s", "SimplifiedLayerNormalization: a b c, c -> a b c, a b 1"),
        new("y = LayerNormalization(x, s)", "float[2,5,6] x, float[6] s", "LayerNormalization: a b c, c -> a b c", 13),
        new("y = com.microsoft.Attention<num_heads = 4>(x, w, b)", "float[2,5,6] x, float[6,96] w, float[96] b", "Attention: a 5 b, b 2*c*d+c*e, 2*c*d+c*e -> a 5 c*e"),
        new("y, p = com.microsoft.Attention<num_heads = 4>(x, w, b, , q)", "float[2,5,6] x, float[6,96] w, float[96] b, float[2,2,4,3,8] q",
            "Attention: a 5 b, b 3*c*d, 3*c*d, _, 2 a c 3 d -> a 5 c*d, 2 a c 8 d"),
        new("y = com.microsoft.MultiHeadAttention<num_heads = 4>(q, k, v, b)", "float[2,5,32] q, float[2,7,32] k, float[2,7,24] v, float[88] b",
            "MultiHeadAttention: a 5 b*c, a 7 b*c, a 7 b*d, 2*b*c+b*d -> a 5 b*d"),
        new("y = com.microsoft.MultiHeadAttention<num_heads = 4>(q, k, v)", "float[2,5,32] q, float[2,4,7,8] k, float[2,4,7,8] v", "MultiHeadAttention: a 5 b*c, a b 7 c, a b 7 c -> a 5 b*c"),
        new("y = com.microsoft.MultiHeadAttention<num_heads = 4>(x)", "float[2,5,4,3,8] x", "MultiHeadAttention: 2 5 4 3 8 -> 2 5 32"),
        new("y = com.microsoft.GroupQueryAttention<num_heads = 6, kv_num_heads = 2>(q, k, v, , , l, t)", "float[2,5,48] q, float[2,5,16] k, float[2,5,16] v, int32[2] l, int32 t",
            "GroupQueryAttention: a 5 b*c*8, a 5 b*8, a 5 b*8, _, _, 2, () -> a 5 b*c*8"),
        new("y = com.microsoft.GroupQueryAttention<num_heads = 6, kv_num_heads = 2>(q, , , k, v, l, t)", "float[2,5,80] q, float[2,2,3,8] k, float[2,2,3,8] v, int32[2] l, int32 t",
            "GroupQueryAttention: a 5 b*c*8+2*b*8, _, _, a b 3 8, a b 3 8, 2, () -> a 5 b*c*8"),
        new("y = com.microsoft.RotaryEmbedding<num_heads = 3>(x, p, c, s)", "float[2,5,24] x, int64[2,5] p, float[9,4] c, float[9,4] s", "RotaryEmbedding: a 5 b*2*c, 2 5, 9 c, 9 c -> a 5 b*2*c"),
        new("y = com.microsoft.MatMulNBits<K = 64, N = 6, bits = 4, block_size = 16>(x, w, s)", "float[2,64] x, uint8[6,4,8] w, float[24] s", "MatMulNBits: a b*16, c b 8, c*b -> a c"),
        new("y = com.microsoft.MatMulNBits<K = 64, N = 6, bits = 4, block_size = 16>(x, w, s, z, , b)", "float[2,64] x, uint8[6,4,8] w, float[6,4] s, uint8[6,2] z, float[6] b",
            "MatMulNBits: a 64, b 4 8, b 4, b 2, _, b -> a b"),
    ];
}
