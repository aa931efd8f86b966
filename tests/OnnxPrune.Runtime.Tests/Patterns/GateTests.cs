namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Features that scale, shift, choose or normalise other features.</summary>
public class GateTests
{
    [Fact]
    public void Scale_and_shift_made_from_a_condition_follow_what_they_change() => Pattern.Holds(
        """
        g (float[N,3,6,6] x, float[N,5] condition) => (float[N,4,6,6] y)
        <float[8,3,1,1] a = normal 0.5, float[5,16] film = normal 0.4, float[16] filmb = normal 0.2, float[4,8,1,1] c = normal 0.4, int64[2] space = {2, 3}, float one = {1}>
        {
            p = Conv (x, a)  f = Gemm (condition, film, filmb)  s, b = Split <axis = 1, num_outputs = 2> (f)
            s1 = Unsqueeze (s, space)  b1 = Unsqueeze (b, space)  s2 = Add (s1, one)  q = Mul (p, s2)  r = Add (q, b1)  t = Relu (r)  y = Conv (t, c)
        }
        """,
        "8: a[0] film[1] filmb[0] c[1]");

    [Fact]
    public void Branches_that_a_softmax_weighs_stay_together() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[8,3,1,1] b = normal 0.5, float[5,8,1,1] squeeze = normal 0.4, float[8,5,1,1] ga = normal 0.5, float[8,5,1,1] gb = normal 0.5, float[4,8,1,1] c = normal 0.4, int64[1] zero = {0}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Conv (x, b)  u = Add (p, q)  v = GlobalAveragePool (u)  w = Conv (v, squeeze)  z = Relu (w)
            l = Conv (z, ga)  m = Conv (z, gb)  l1 = Unsqueeze (l, zero)  m1 = Unsqueeze (m, zero)  j = Concat <axis = 0> (l1, m1)  s = Softmax <axis = 0> (j)
            e, f = Split <axis = 0, num_outputs = 2> (s)  e1 = Squeeze (e, zero)  f1 = Squeeze (f, zero)
            r = Mul (p, e1)  t = Mul (q, f1)  o = Add (r, t)  y = Conv (o, c)
        }
        """,
        "8: a[0] b[0] squeeze[1] ga[0] gb[0] c[1]",
        "5: squeeze[0] ga[1] gb[1]");

    [Fact]
    public void Statistics_over_channels_make_a_spatial_gate_approximate() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[1,2,3,3] gate = normal 0.5, float[6,8,1,1] b = normal 0.4, float[4,6,1,1] c = normal 0.4, int64[1] one = {1}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  m = ReduceMean <keepdims = 1> (p, one)  n = ReduceMax <keepdims = 1> (p, one)
            j = Concat <axis = 1> (m, n)  k = Conv <pads = [1,1,1,1]> (j, gate)  s = Sigmoid (k)  q = Mul (p, s)  r = Conv (q, b)  t = Relu (r)  y = Conv (t, c)
        }
        """,
        "~8: a[0] b[1]",
        "6: b[0] c[1]");

    [Fact]
    public void Dilated_gated_layers_add_up_their_skips() => Pattern.Holds(
        """
        g (float[N,3,16] x) => (float[N,5,16] y)
        <float[6,3,1] stem = normal 0.5, float[14,6,2] w1 = normal 0.3, float[6,7,1] r1 = normal 0.4, float[9,7,1] s1 = normal 0.4, float[14,6,2] w2 = normal 0.3, float[9,7,1] s2 = normal 0.4, float[5,9,1] head = normal 0.4>
        {
            h = Conv (x, stem)
            a = Conv <pads = [1,0]> (h, w1)  a1, a2 = Split <axis = 1, num_outputs = 2> (a)  at = Tanh (a1)  as = Sigmoid (a2)  ag = Mul (at, as)  ar = Conv (ag, r1)  ak = Conv (ag, s1)  h2 = Add (h, ar)
            b = Conv <pads = [2,0], dilations = [2]> (h2, w2)  b1, b2 = Split <axis = 1, num_outputs = 2> (b)  bt = Tanh (b1)  bs = Sigmoid (b2)  bg = Mul (bt, bs)  bk = Conv (bg, s2)
            k = Add (ak, bk)  m = Relu (k)  y = Conv (m, head)
        }
        """,
        "6: stem[0] w1[1] r1[0] w2[1]",
        "7: w1[0] r1[1] s1[1]",
        "9: s1[0] s2[0] head[1]",
        "7: w2[0] s2[1]");

    [Fact]
    public void Kernels_mixed_for_every_image_are_held_and_the_rest_is_pruned() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,1,1] a = normal 0.5, float[8,2] router = normal 0.4, float[2,480] kernels = normal 0.3, float[7,6,1,1] b = normal 0.4, float[4,7,1,1] c = normal 0.4,
         int64[4] folded = {1, -1, 6, 6}, int64[4] weights = {-1, 8, 1, 1}, int64[4] unfolded = {-1, 6, 6, 6}>
        {
            p = Conv (x, a)  v = GlobalAveragePool (p)  f = Flatten (v)  r = MatMul (f, router)  s = Sigmoid (r)
            k = MatMul (s, kernels)  q = Conv (p, kernel)  t = Relu (q)  u = Conv (t, b)  w = Relu (u)  y = Conv (w, c)
            sum = ReduceMean <keepdims = 0> (k, zero)  kernel = Reshape (sum, shape)
        }
        """.Replace("float[2,480]", "int64[1] zero = {0}, int64[4] shape = {6, 8, 1, 1}, float[2,48]", StringComparison.Ordinal),
        "8: a[0] router[0] kernels[1]",
        "2: router[1] kernels[0]",
        "6: kernels[1] b[1]",
        "7: b[0] c[1]");
}
