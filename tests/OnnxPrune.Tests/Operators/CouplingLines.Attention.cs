namespace OnnxPrune.Operators;

/// <content>Attention and what belongs to it, and the newer operators of ai.onnx.</content>
internal static partial class CouplingLines
{
    private static CouplingLine[] Attentive =>
    [
        new("y = Attention<q_num_heads = 4, kv_num_heads = 4>(q, k, v)", "float[2,5,32] q, float[2,7,32] k, float[2,7,24] v", "Attention: a 5 b*c, a 7 b*c, a 7 b*d -> a 5 b*d", 23),
        new("y = Attention<q_num_heads = 6, kv_num_heads = 2>(q, k, v, m)", "float[2,5,48] q, float[2,7,16] k, float[2,7,16] v, float[6,5,7] m",
            "Attention: a 5 b*c*d, a 7 b*d, a 7 b*e, b*c 5 7 -> a 5 b*c*e", 23),
        new("y, pk, pv = Attention(q, k, v, , k0, v0)", "float[2,6,5,8] q, float[2,2,7,8] k, float[2,2,7,4] v, float[2,2,3,8] k0, float[2,2,3,4] v0",
            "Attention: a b*c 5 d, a b 7 d, a b 7 e, _, a b 3 d, a b 3 e -> a b*c 5 e, a b 10 d, a b 10 e", 23),
        new("y, pk, pv, s = Attention(q, k, v, m)", "float[N,3,5,8] q, float[N,3,7,8] k, float[N,3,7,8] v, bool[5,7] m",
            "Attention: 5|3|7 a 5 b, 5|3|7 a 7 b, 5|3|7 a 7 c, 5 7 -> 5|3|7 a 5 c, 5|3|7 a 7 b, 5|3|7 a 7 c, 5|3|7 a 5 7", 24),
        new("y = RotaryEmbedding(x, c, s, p)", "float[2,4,5,8] x, float[9,4] c, float[9,4] s, int64[2,5] p", "RotaryEmbedding: a b 5 2*c, 9 c, 9 c, 2 5 -> a b 5 2*c", 23),
        new("y = RotaryEmbedding<interleaved = 1, num_heads = 3>(x, c, s)", "float[2,5,24] x, float[2,5,4] c, float[2,5,4] s", "RotaryEmbedding: a 5 b*c*2, 2 5 c, 2 5 c -> a 5 b*c*2", 23),
        new("y = RotaryEmbedding<rotary_embedding_dim = 4, num_heads = 3>(x, c, s)", "float[2,5,24] x, float[2,5,2] c, float[2,5,2] s",
            "RotaryEmbedding: a 5 b*(2*c+d), 2 5 c, 2 5 c -> a 5 b*(2*c+d)", 23),
        new("y = TensorScatter(x, u)", "float[2,4,9,6] x, float[2,4,3,6] u", "TensorScatter: a b 9 c, a b 3 c -> a b 9 c", 24),
        new("y = TensorScatter<axis = 1>(x, u, i)", "float[2,9,6] x, float[2,3,6] u, int64[2] i", "TensorScatter: a 9 b, a 3 b, 2 -> a 9 b", 24),
        new("y = CenterCropPad<axes = [2, 3]>(x, s)", "float[2,3,8,8] x, int64[2] s = {6, 9}", "CenterCropPad: a b 8 8 -> a b 6 9"),
        new("y = CenterCropPad<axes = [1, 2]>(x, s)", "float[2,3,8] x, int64[2] s = {3, 9}", "CenterCropPad: a b 8 -> a b 9"),
        new("y = DeformConv(x, w, o, b)", "float[2,4,6,6] x, float[8,4,3,3] w, float[2,18,4,4] o, float[8] b", "DeformConv: a b 6 6, c b 3 3, a 18 4 4, c -> a c 4 4"),
        new("y = DeformConv<group = 2, offset_group = 2>(x, w, o, , m)", "float[2,4,6,6] x, float[6,2,3,3] w, float[2,36,4,4] o, float[2,18,4,4] m",
            "DeformConv: a b*c 6 6, b*d c 3 3, a b*18 4 4, _, a b*9 4 4 -> a b*d 4 4"),
    ];
}
