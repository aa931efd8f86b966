namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>
/// Attention: heads, the size that queries and keys agree on and the size of the values are prunable apart, however they are packed.
/// </summary>
public class AttentionTests
{
    private const string Heads = "int64[4] heads = {0, 0, 4, 6}";

    private const string ThreeTimesHeads = "int64[5] apart = {0, 0, 3, 4, 6}, float[10,72] w = normal 0.3, float[72] b = normal 0.2";

    [Fact]
    public void Separate_projections() => Pattern.Holds(
        Attention.Of(
            $"float[10,24] wq = normal 0.3, float[10,24] wk = normal 0.3, float[10,24] wv = normal 0.3, float[24] bq = normal 0.1, {Heads}",
            """
            q1 = MatMul (s, wq)  q2 = Add (q1, bq)  q3 = Reshape (q2, heads)  q = Transpose <perm = [0,2,1,3]> (q3)
            k1 = MatMul (s, wk)  k3 = Reshape (k1, heads)  k = Transpose <perm = [0,2,1,3]> (k3)
            v1 = MatMul (s, wv)  v3 = Reshape (v1, heads)  v = Transpose <perm = [0,2,1,3]> (v3)
            """),
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] bq[0] wk[1] wv[1] wo[0]",
        "6: wq[1] bq[0] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void Packed_as_three_times_heads_and_gathered() => Pattern.Holds(
        Attention.Of(
            $"{ThreeTimesHeads}, int64 zero = {{0}}, int64 one = {{1}}, int64 two = {{2}}",
            """
            p1 = MatMul (s, w)  p2 = Add (b, p1)  p3 = Reshape (p2, apart)  p = Transpose <perm = [2,0,3,1,4]> (p3)
            q = Gather <axis = 0> (p, zero)  k = Gather <axis = 0> (p, one)  v = Gather <axis = 0> (p, two)
            """),
        PackedAsThreeTimesHeads);

    [Fact]
    public void Packed_as_three_times_heads_and_split() => Pattern.Holds(
        Attention.Of(
            $"{ThreeTimesHeads}, int64[1] first = {{0}}",
            """
            p1 = MatMul (s, w)  p2 = Add (b, p1)  p3 = Reshape (p2, apart)  p = Transpose <perm = [2,0,3,1,4]> (p3)
            q1, k1, v1 = Split <axis = 0, num_outputs = 3> (p)  q = Squeeze (q1, first)  k = Squeeze (k1, first)  v = Squeeze (v1, first)
            """),
        PackedAsThreeTimesHeads);

    [Fact]
    public void Packed_as_three_times_heads_and_sliced() => Pattern.Holds(
        Attention.Of(
            $"{ThreeTimesHeads}, int64[1] axis = {{2}}, int64[1] zero = {{0}}, int64[1] one = {{1}}, int64[1] two = {{2}}, int64[1] three = {{3}}",
            """
            p1 = MatMul (s, w)  p2 = Add (b, p1)  p = Reshape (p2, apart)
            q1 = Slice (p, zero, one, axis)  k1 = Slice (p, one, two, axis)  v1 = Slice (p, two, three, axis)
            q2 = Squeeze (q1, axis)  k2 = Squeeze (k1, axis)  v2 = Squeeze (v1, axis)
            q = Transpose <perm = [0,2,1,3]> (q2)  k = Transpose <perm = [0,2,1,3]> (k2)  v = Transpose <perm = [0,2,1,3]> (v2)
            """),
        PackedAsThreeTimesHeads);

    [Fact]
    public void Packed_as_queries_keys_and_values_in_turn() => Pattern.Holds(
        Attention.Of(
            $"float[10,72] w = normal 0.3, float[72] b = normal 0.2, {Heads}",
            """
            p1 = MatMul (s, w)  p2 = Add (b, p1)  q1, k1, v1 = Split <axis = 2, num_outputs = 3> (p2)
            q3 = Reshape (q1, heads)  q = Transpose <perm = [0,2,1,3]> (q3)
            k3 = Reshape (k1, heads)  k = Transpose <perm = [0,2,1,3]> (k3)
            v3 = Reshape (v1, heads)  v = Transpose <perm = [0,2,1,3]> (v3)
            """),
        "10: stem[1] w[0]",
        "4: w[1] b[0] wo[0]",
        "6: w[1] b[0]",
        "6: w[1] b[0] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void Packed_as_heads_times_three() => Pattern.Holds(
        Attention.Of(
            "float[10,72] w = normal 0.3, float[72] b = normal 0.2, int64[4] apart = {0, 0, 4, 18}",
            """
            p1 = MatMul (s, w)  p2 = Add (b, p1)  p3 = Reshape (p2, apart)  p = Transpose <perm = [0,2,1,3]> (p3)
            q, k, v = Split <axis = 3, num_outputs = 3> (p)
            """),
        "10: stem[1] w[0]",
        "4: w[1] b[0] wo[0]",
        "6: w[1] b[0]",
        "6: w[1] b[0] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void Cross_attention_reads_keys_and_values_elsewhere() => Pattern.Holds(
        """
        g (float[N,6,3] x, float[N,S,4] memory) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, float[4,8] mem = normal 0.5, float[10,24] wq = normal 0.3, float[8,24] wk = normal 0.3, float[8,24] wv = normal 0.3,
         float[24,10] wo = normal 0.3, float[10,5] head = normal 0.3, float scale = {0.4}, int64[3] hidden = {0, 0, 24}, int64[4] heads = {0, 0, 4, 6}>
        {
            s = MatMul (x, stem)  m = MatMul (memory, mem)
            q1 = MatMul (s, wq)  q3 = Reshape (q1, heads)  q = Transpose <perm = [0,2,1,3]> (q3)
            k1 = MatMul (m, wk)  k3 = Reshape (k1, heads)  k = Transpose <perm = [0,2,1,3]> (k3)
            v1 = MatMul (m, wv)  v3 = Reshape (v1, heads)  v = Transpose <perm = [0,2,1,3]> (v3)
            MIXING
        }
        """.Replace("MIXING", Attention.Mixing, StringComparison.Ordinal),
        "10: stem[1] wq[0]",
        "8: mem[1] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void Heads_folded_into_the_batch_as_multi_head_attention_exports_them() => Pattern.Holds(
        """
        g (float[6,N,3] x) => (float[6,N,5] y)
        <float[3,10] stem = normal 0.5, float[10,24] wq = normal 0.3, float[10,24] wk = normal 0.3, float[10,24] wv = normal 0.3, float[24,10] wo = normal 0.3, float[10,5] head = normal 0.3,
         float scale = {0.4}, int64 one = {1}, int64 four = {4}, int64[1] zero = {0}, int64[1] tokens = {6}, int64[1] size = {6}, int64[1] hidden = {24}>
        {
            s = MatMul (x, stem)
            sh = Shape (s)  n = Gather (sh, one)  nh = Mul (n, four)  nh1 = Unsqueeze (nh, zero)  n1 = Unsqueeze (n, zero)
            folded = Concat <axis = 0> (tokens, nh1, size)  merged = Concat <axis = 0> (tokens, n1, hidden)
            q1 = MatMul (s, wq)  q2 = Reshape (q1, folded)  q = Transpose <perm = [1,0,2]> (q2)
            k1 = MatMul (s, wk)  k2 = Reshape (k1, folded)  k = Transpose <perm = [1,2,0]> (k2)
            v1 = MatMul (s, wv)  v2 = Reshape (v1, folded)  v = Transpose <perm = [1,0,2]> (v2)
            qs = Mul (q, scale)  w = MatMul (qs, k)  p = Softmax <axis = -1> (w)  m = MatMul (p, v)
            b = Transpose <perm = [1,0,2]> (m)  r = Reshape (b, merged)  o = MatMul (r, wo)  y = MatMul (o, head)
        }
        """,
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Theory]
    [InlineData("s1 = Einsum <equation = \"nqhd,nkhd->nhqk\"> (q, k)  s2 = Mul (s1, scale)  p = Softmax <axis = -1> (s2)  m = Einsum <equation = \"nhqk,nkhd->nqhd\"> (p, v)  o = Einsum <equation = \"nqhd,hdc->nqc\"> (m, wo)")]
    [InlineData("s1 = Einsum <equation = \"bihd, bjhd -> bhij\"> (q, k)  s2 = Mul (s1, scale)  p = Softmax <axis = -1> (s2)  m = Einsum <equation = \"bhij,bjhd->bihd\"> (p, v)  o = Einsum <equation = \"bihd,hdc->bic\"> (m, wo)")]
    public void Attention_of_Einsums(string nodes) => Pattern.Holds(
        $$"""
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, float[10,4,6] wq = normal 0.3, float[10,4,6] wk = normal 0.3, float[10,4,6] wv = normal 0.3, float[4,6,10] wo = normal 0.3, float[10,5] head = normal 0.3, float scale = {0.4}>
        {
            s = MatMul (x, stem)
            q = Einsum <equation = "ntc,chd->nthd"> (s, wq)  k = Einsum <equation = "ntc,chd->nthd"> (s, wk)  v = Einsum <equation = "ntc,chd->nthd"> (s, wv)
            {{nodes}}
            y = MatMul (o, head)
        }
        """,
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] wo[0]",
        "6: wq[2] wk[2]",
        "6: wv[2] wo[1]",
        "10: wo[2] head[0]");

    private static readonly string[] PackedAsThreeTimesHeads =
    [
        "10: stem[1] w[0]",
        "4: w[1] b[0] wo[0]",
        "6: w[1] b[0] wo[0]",
        "10: wo[1] head[0]",
    ];
}
