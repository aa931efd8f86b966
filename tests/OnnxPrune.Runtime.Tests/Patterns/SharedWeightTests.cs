namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Linear layers: gated, tied, stacked and shared.</summary>
public class SharedWeightTests
{
    [Fact]
    public void A_gated_layer_couples_gate_and_value() => Pattern.Holds(
        """
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, float[10,16] up = normal 0.3, float[10,16] gate = normal 0.3, float[16,10] down = normal 0.3, float[10,5] head = normal 0.3>
        { s = MatMul (x, stem)  u = MatMul (s, up)  g = MatMul (s, gate)  i = Sigmoid (g)  w = Mul (g, i)  h = Mul (w, u)  d = MatMul (h, down)  r = Add (s, d)  y = MatMul (r, head) }
        """,
        "10: stem[1] up[0] gate[0] down[1] head[0]",
        "16: up[1] gate[1] down[0]");

    [Fact]
    public void A_gated_layer_in_one_matrix_couples_its_halves() => Pattern.Holds(
        """
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, float[10,32] both = normal 0.3, float[32] bias = normal 0.1, float[16,10] down = normal 0.3, float[10,5] head = normal 0.3>
        { s = MatMul (x, stem)  b = MatMul (s, both)  c = Add (b, bias)  u, g = Split <axis = -1, num_outputs = 2> (c)  w = Gelu (g)  h = Mul (u, w)  d = MatMul (h, down)  r = Add (s, d)  y = MatMul (r, head) }
        """,
        "10: stem[1] both[0] down[1] head[0]",
        "16: both[1] bias[0] down[0]");

    [Theory]
    [InlineData("e = Gather (table, ids)", "t = Transpose <perm = [1,0]> (table)  y = MatMul (r, t)")]
    [InlineData("e = Gather (table, ids)", "f = Reshape (r, rows)  y = Gemm <transB = 1> (f, table)")]
    public void An_embedding_tied_to_the_output_head_is_cut_once(string embedding, string head) => Pattern.Holds(
        $$"""
        g (int64[N,6] ids) => (float y)
        <float[20,10] table = normal 0.5, float[10,16] up = normal 0.3, float[16,10] down = normal 0.3, int64[2] rows = {-1, 10}>
        { {{embedding}}  u = MatMul (e, up)  v = Gelu (u)  d = MatMul (v, down)  r = Add (e, d)  {{head}} }
        """.Replace("(float y)", head.Contains("rows", StringComparison.Ordinal) ? "(float[M,20] y)" : "(float[N,6,20] y)", StringComparison.Ordinal),
        "10: table[1] up[0] down[1]",
        "16: up[1] down[0]");

    [Fact]
    public void Two_towers_with_the_same_weights_lose_the_same_channels() => Pattern.Holds(
        """
        g (float[N,3,6,6] left, float[N,3,6,6] right) => (float[N,1] y)
        <float[8,3,3,3] a = normal 0.3, float[8] bias = normal 0.1, float[6,8,1,1] b = normal 0.4, float[6,4] fc = normal 0.5, float[4,1] head = normal 0.5>
        {
            l1 = Conv <pads = [1,1,1,1]> (left, a, bias)  l2 = Relu (l1)  l3 = Conv (l2, b)  l4 = GlobalAveragePool (l3)  l = Flatten (l4)
            r1 = Conv <pads = [1,1,1,1]> (right, a, bias)  r2 = Relu (r1)  r3 = Conv (r2, b)  r4 = GlobalAveragePool (r3)  r = Flatten (r4)
            d = Sub (l, r)  e = Abs (d)  f = MatMul (e, fc)  h = Relu (f)  y = MatMul (h, head)
        }
        """,
        "8: a[0] bias[0] b[1]",
        "6: b[0] fc[0]",
        "4: fc[1] head[0]");

    [Fact]
    public void Stacked_experts_lose_experts_features_or_what_they_hide() => Pattern.Holds(
        """
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, float[10,4] router = normal 0.5, float[4,10,12] up = normal 0.3, float[4,12,10] down = normal 0.3, float[10,5] head = normal 0.3, int64[1] one = {1}, int64[1] last = {-1}>
        {
            s = MatMul (x, stem)  r = MatMul (s, router)  p = Softmax <axis = -1> (r)
            s1 = Unsqueeze (s, one)  u = MatMul (s1, up)  v = Relu (u)  d = MatMul (v, down)
            pt = Transpose <perm = [0,2,1]> (p)  pw = Unsqueeze (pt, last)  w = Mul (d, pw)  m = ReduceSum <keepdims = 0> (w, one)  y = MatMul (m, head)
        }
        """,
        "10: stem[1] router[0] up[1]",
        "~4: router[1] up[0] down[0]",
        "12: up[2] down[1]",
        "10: down[2] head[0]");

    [Fact]
    public void Experts_that_are_picked_by_index_keep_their_number() => Pattern.Holds(
        """
        g (float[N,3] x) => (float[N,5] y)
        <float[3,10] stem = normal 0.5, float[10,4] router = normal 0.5, float[4,10,12] up = normal 0.3, float[4,12,10] down = normal 0.3, float[10,5] head = normal 0.3, int64[1] one = {1}>
        {
            s = MatMul (x, stem)  r = MatMul (s, router)  best = ArgMax <axis = 1, keepdims = 0> (r)
            wu = Gather (up, best)  wd = Gather (down, best)
            s1 = Unsqueeze (s, one)  u = MatMul (s1, wu)  v = Relu (u)  d = MatMul (v, wd)  e = Squeeze (d, one)  y = MatMul (e, head)
        }
        """,
        "10: stem[1] router[0] up[1]",
        "12: up[2] down[1]",
        "10: down[2] head[0]");
}
