namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Tokens: positions, classes, windows and caches.</summary>
public class TokenTests
{
    private const string Projections = """
        q1 = MatMul (s, wq)  q3 = Reshape (q1, heads)  q4 = Transpose <perm = [0,2,1,3]> (q3)
        k1 = MatMul (s, wk)  k3 = Reshape (k1, heads)  k4 = Transpose <perm = [0,2,1,3]> (k3)
        v1 = MatMul (s, wv)  v3 = Reshape (v1, heads)  v = Transpose <perm = [0,2,1,3]> (v3)
        """;

    private const string Weights =
        "float[10,24] wq = normal 0.3, float[10,24] wk = normal 0.3, float[10,24] wv = normal 0.3, int64[4] heads = {0, 0, 4, 6}";

    [Fact]
    public void Patches_with_a_class_token_and_positions() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,5] y)
        <float[10,3,4,4] patch = normal 0.2, float[10] pb = normal 0.1, float[1,1,10] cls = normal 0.5, float[1,5,10] pos = normal 0.5, float[10,12] up = normal 0.4, float[12,10] down = normal 0.4, float[10,5] head = normal 0.4,
         int64 zero = {0}, int64[1] first = {0}, int64[2] rest = {-1, -1}, int64[3] flat = {0, 0, -1}>
        {
            p = Conv <strides = [4,4]> (x, patch, pb)  f = Reshape (p, flat)  t = Transpose <perm = [0,2,1]> (f)
            sh = Shape (p)  n = Gather (sh, zero)  n1 = Unsqueeze (n, first)  es = Concat <axis = 0> (n1, rest)  minus = ConstantOfShape <value = int64[1] {1}> (three)
            m = Mul (minus, ones)  eq = Equal (es, m)  target = Where (eq, minus, es)  c = Expand (cls, target)
            j = Concat <axis = 1> (c, t)  k = Add (j, pos)
            u = MatMul (k, up)  v = Gelu (u)  d = MatMul (v, down)  r = Add (k, d)  o = Gather <axis = 1> (r, zero)  y = MatMul (o, head)
        }
        """.Replace("int64 zero", "int64[1] three = {3}, int64[1] ones = {-1}, int64 zero", StringComparison.Ordinal),
        "10: patch[0] pb[0] cls[2] pos[2] up[0] down[1] head[0]",
        "12: up[1] down[0]");

    [Fact]
    public void A_rotation_computed_from_frequencies_and_positions() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, float[1,3,1] frequencies = uniform 0.1 1.0, int64 zero = {{0}}, int64 one = {{1}}, int64[2] outer = {{0, 1}}, int64[1] axis = {{1}}, int64[1] last = {{3}}, int64[1] first = {{0}}, int64[1] three = {{3}}, int64[1] end = {{9223372036854775807}}",
            $"""
            {Projections}
            sh = Shape (x)  t = Gather (sh, one)  r = Range (zero, t, one)  rf = Cast <to = 1> (r)  positions = Unsqueeze (rf, outer)
            angles = MatMul (frequencies, positions)  turned = Transpose <perm = [0,2,1]> (angles)  twice = Concat <axis = -1> (turned, turned)
            c0 = Cos (twice)  s0 = Sin (twice)  cos = Unsqueeze (c0, axis)  sin = Unsqueeze (s0, axis)
            qa = Slice (q4, first, three, last)  qb = Slice (q4, three, end, last)  qn = Neg (qb)  qr = Concat <axis = -1> (qn, qa)  qc = Mul (q4, cos)  qs = Mul (qr, sin)  q = Add (qc, qs)
            ka = Slice (k4, first, three, last)  kb = Slice (k4, three, end, last)  kn = Neg (kb)  kr = Concat <axis = -1> (kn, ka)  kc = Mul (k4, cos)  ks = Mul (kr, sin)  k = Add (kc, ks)
            """),
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] wo[0]",
        "3: wq[1] wk[1] frequencies[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void Keys_and_values_of_a_cache_hold_their_heads_and_the_rest_is_pruned() => Pattern.Holds(
        """
        g (float[N,1,3] x, float[N,4,S,6] pk, float[N,4,S,6] pv) => (float[N,1,5] y, float[N,4,T,6] k, float[N,4,T,6] v)
        <float[3,10] stem = normal 0.5, float[10,24] wq = normal 0.3, float[10,24] wk = normal 0.3, float[10,24] wv = normal 0.3, int64[4] heads = {0, 0, 4, 6},
         float[24,10] wo = normal 0.3, float[10,14] up = normal 0.3, float[14,10] down = normal 0.3, float[10,5] head = normal 0.3, float scale = {0.4}, int64[3] hidden = {0, 0, 24}>
        {
            s = MatMul (x, stem)
            q1 = MatMul (s, wq)  q3 = Reshape (q1, heads)  q = Transpose <perm = [0,2,1,3]> (q3)
            k1 = MatMul (s, wk)  k3 = Reshape (k1, heads)  k4 = Transpose <perm = [0,2,1,3]> (k3)  k = Concat <axis = 2> (pk, k4)
            v1 = MatMul (s, wv)  v3 = Reshape (v1, heads)  v4 = Transpose <perm = [0,2,1,3]> (v3)  v = Concat <axis = 2> (pv, v4)
            kt = Transpose <perm = [0,1,3,2]> (k)  scores = MatMul (q, kt)  scaled = Mul (scores, scale)  w = Softmax <axis = -1> (scaled)
            mixed = MatMul (w, v)  back = Transpose <perm = [0,2,1,3]> (mixed)  merged = Reshape (back, hidden)  o = MatMul (merged, wo)  r = Add (s, o)
            u = MatMul (r, up)  a = Gelu (u)  d = MatMul (a, down)  z = Add (r, d)  y = MatMul (z, head)
        }
        """,
        "10: stem[1] wq[0] wk[0] wv[0] wo[1] up[0] down[1] head[0]",
        "14: up[1] down[0]");

    [Fact]
    public void Shifted_windows_are_rolled_parted_attended_and_put_back() => Pattern.Holds(
        """
        g (float[N,4,4,3] x) => (float[N,4,4,5] y)
        <float[3,12] stem = normal 0.5, float[12,36] qkv = normal 0.3, float[36] b = normal 0.1, float[2,4,4] bias = normal 0.5, float[12,12] wo = normal 0.3, float[12,5] head = normal 0.3, float scale = {0.4},
         int64[1] zero = {0}, int64[1] one = {1}, int64[1] end = {9223372036854775807}, int64[1] rows = {1}, int64[1] minus = {-1},
         int64[6] parted = {0, 2, 2, 2, 2, 12}, int64[3] windows = {-1, 4, 12}, int64[5] heads = {-1, 4, 3, 2, 6}, int64 i0 = {0}, int64 i1 = {1}, int64 i2 = {2}, int64[6] unparted = {-1, 2, 2, 2, 2, 12}, int64[4] whole = {-1, 4, 4, 12}>
        {
            s = MatMul (x, stem)
            top = Slice (s, one, end, rows)  bottom = Slice (s, zero, one, rows)  rolled = Concat <axis = 1> (top, bottom)
            p1 = Reshape (rolled, parted)  p2 = Transpose <perm = [0,1,3,2,4,5]> (p1)  p = Reshape (p2, windows)
            f = MatMul (p, qkv)  f1 = Add (f, b)  f2 = Reshape (f1, heads)  f3 = Transpose <perm = [2,0,3,1,4]> (f2)
            q = Gather <axis = 0> (f3, i0)  k = Gather <axis = 0> (f3, i1)  v = Gather <axis = 0> (f3, i2)
            qs = Mul (q, scale)  kt = Transpose <perm = [0,1,3,2]> (k)  sc = MatMul (qs, kt)  sb = Add (sc, bias)  w = Softmax <axis = -1> (sb)
            m = MatMul (w, v)  mt = Transpose <perm = [0,2,1,3]> (m)  mr = Reshape (mt, windows)  o = MatMul (mr, wo)
            u1 = Reshape (o, unparted)  u2 = Transpose <perm = [0,1,3,2,4,5]> (u1)  u = Reshape (u2, whole)
            lower = Slice (u, minus, end, rows)  upper = Slice (u, zero, minus, rows)  back = Concat <axis = 1> (lower, upper)
            r = Add (s, back)  y = MatMul (r, head)
        }
        """,
        "12: stem[1] qkv[0] wo[1] head[0]",
        "2: qkv[1] b[0] bias[0] wo[0]",
        "6: qkv[1] b[0] wo[0]");

    [Fact]
    public void Merged_patches_take_their_channels_four_times() => Pattern.Holds(
        """
        g (float[N,4,4,3] x) => (float[N,2,2,5] y)
        <float[3,6] stem = normal 0.5, float[24,8] merge = normal 0.3, float[8,5] head = normal 0.3,
         int64[1] zero = {0}, int64[1] one = {1}, int64[1] end = {9223372036854775807}, int64[1] rows = {1}, int64[1] columns = {2}, int64[1] two = {2}>
        {
            s = MatMul (x, stem)
            e = Slice (s, zero, end, rows, two)  o = Slice (s, one, end, rows, two)
            e0 = Slice (e, zero, end, columns, two)  o0 = Slice (o, zero, end, columns, two)  e1 = Slice (e, one, end, columns, two)  o1 = Slice (o, one, end, columns, two)
            j = Concat <axis = -1> (e0, o0, e1, o1)  m = MatMul (j, merge)  r = Relu (m)  y = MatMul (r, head)
        }
        """,
        "6: stem[1] merge[0]",
        "8: merge[1] head[0]");

    [Fact]
    public void Learned_queries_read_the_input_through_cross_attention() => Pattern.Holds(
        """
        g (float[N,6,3] x) => (float[N,4,5] y)
        <float[3,10] stem = normal 0.5, float[1,4,8] latents = normal 0.5, float[8,12] wq = normal 0.3, float[10,12] wk = normal 0.3, float[10,14] wv = normal 0.3, float[14,8] wo = normal 0.3, float[8,5] head = normal 0.3, float scale = {0.4},
         int64[1] zero = {0}, int64[1] one = {1}, int64[2] ones = {1, 1}>
        {
            s = MatMul (x, stem)  sh = Shape (x)  n = Slice (sh, zero, one, zero)  to = Concat <axis = 0> (n, ones)  l = Expand (latents, to)
            q = MatMul (l, wq)  k = MatMul (s, wk)  v = MatMul (s, wv)  kt = Transpose <perm = [0,2,1]> (k)  sc = MatMul (q, kt)  ss = Mul (sc, scale)  w = Softmax <axis = -1> (ss)
            m = MatMul (w, v)  o = MatMul (m, wo)  r = Add (l, o)  y = MatMul (r, head)
        }
        """,
        "10: stem[1] wk[0] wv[0]",
        "8: latents[2] wq[0] wo[1] head[0]",
        "12: wq[1] wk[1]",
        "14: wv[1] wo[0]");
}
