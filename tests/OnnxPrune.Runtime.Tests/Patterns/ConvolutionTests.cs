namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Convolutions in groups, weights that are computed from weights, and gates.</summary>
public class ConvolutionTests
{
    [Fact]
    public void Groups_and_channels_within_every_group_are_prunable_apart() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[12,3,1,1] a = normal 0.5, float[20,3,3,3] b = normal 0.3, float[20] bias = normal 0.2, float[4,20,1,1] c = normal 0.3>
        { p = Conv (x, a)  q = Conv <group = 4, pads = [1,1,1,1]> (p, b, bias)  r = Relu (q)  y = Conv (r, c) }
        """,
        "4: a[0] b[0] bias[0] c[1]",
        "3: a[0] b[1]",
        "5: b[0] bias[0] c[1]");

    [Fact]
    public void A_depthwise_multiplier_is_prunable_apart_from_the_channels() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[6,3,1,1] a = normal 0.5, float[18,1,3,3] dw = normal 0.3, float[18] s = uniform 0.5 1.5, float[18] t = normal 0.2, float[18] m = normal 0.2, float[18] v = uniform 0.5 1.5, float[4,18,1,1] c = normal 0.3>
        { p = Conv (x, a)  q = Conv <group = 6, pads = [1,1,1,1]> (p, dw)  n = BatchNormalization (q, s, t, m, v)  r = Relu (n)  y = Conv (r, c) }
        """,
        "6: a[0] dw[0] s[0] t[0] m[0] v[0] c[1]",
        "3: dw[0] s[0] t[0] m[0] v[0] c[1]");

    [Fact]
    public void A_squeeze_and_excite_gate_of_convolutions_follows_what_it_scales() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[12,3,3,3] a = normal 0.3, float[5,12,1,1] s1 = normal 0.3, float[5] b1 = normal 0.1, float[12,5,1,1] s2 = normal 0.5, float[12] b2 = normal 0.1, float[4,12,1,1] c = normal 0.3>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)
            g = GlobalAveragePool (q)  h = Conv (g, s1, b1)  i = Relu (h)  j = Conv (i, s2, b2)  k = HardSigmoid (j)
            e = Mul (k, q)  y = Conv (e, c)
        }
        """,
        "12: a[0] s1[1] s2[0] b2[0] c[1]",
        "5: s1[0] b1[0] s2[1]");

    [Fact]
    public void A_squeeze_and_excite_gate_of_linear_layers_is_reshaped_to_what_it_scales() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[12,3,3,3] a = normal 0.3, float[5,12] s1 = normal 0.3, float[12,5] s2 = normal 0.5, float[4,12,1,1] c = normal 0.3,
         int64 first = {0}, int64 second = {1}, int64[1] zero = {0}, int64[1] one = {1}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)
            s = Shape (q)  n = Gather (s, first)  ch = Gather (s, second)  n1 = Unsqueeze (n, zero)  c1 = Unsqueeze (ch, zero)
            flat = Concat <axis = 0> (n1, c1)  back = Concat <axis = 0> (n1, c1, one, one)
            g = GlobalAveragePool (q)  f = Reshape (g, flat)
            h = Gemm <transB = 1> (f, s1)  i = Relu (h)  j = Gemm <transB = 1> (i, s2)  k = Sigmoid (j)
            l = Reshape (k, back)  e = Mul (q, l)  y = Conv (e, c)
        }
        """,
        "12: a[0] s1[1] s2[0] c[1]",
        "5: s1[0] s2[1]");

    [Fact]
    public void Convolutions_with_weights_that_are_normalised_in_the_graph() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] v = normal 0.3, float[8,1,1,1] g = uniform 0.5 1.5, float[6,8,3,3] w = normal 0.3, float[6,1,1,1] h = uniform 0.5 1.5, float[4,6,1,1] c = normal 0.3, int64[3] axes = {1, 2, 3}>
        {
            n1 = ReduceL2 <keepdims = 1> (v, axes)  d1 = Div (v, n1)  k1 = Mul (g, d1)  p = Conv <pads = [1,1,1,1]> (x, k1)  q = Relu (p)
            n2 = ReduceL2 <keepdims = 1> (w, axes)  d2 = Div (w, n2)  k2 = Mul (d2, h)  r = Conv <pads = [1,1,1,1]> (q, k2)  s = Relu (r)
            y = Conv (s, c)
        }
        """,
        "8: v[0] w[1]",
        "6: w[0] c[1]");

    [Fact]
    public void Global_response_normalisation_mixes_its_channels() => Pattern.Holds(
        """
        g (float[N,6,6,3] x) => (float[N,6,6,4] y)
        <float[3,12] a = normal 0.5, float[12] gamma = normal 0.5, float[12] beta = normal 0.1, float[12,4] c = normal 0.3, float eps = {0.000001}, int64[2] space = {1, 2}, int64[1] last = {-1}>
        {
            p = MatMul (x, a)  q = Gelu (p)
            gx = ReduceL2 <keepdims = 1> (q, space)  mean = ReduceMean <keepdims = 1> (gx, last)  d = Add (mean, eps)  nx = Div (gx, d)
            s = Mul (q, nx)  t = Mul (gamma, s)  u = Add (beta, t)  v = Add (q, u)  y = MatMul (v, c)
        }
        """,
        "~12: a[1] gamma[0] beta[0] c[0]");

    [Fact]
    public void Weights_computed_from_the_input_are_held_and_the_rest_is_pruned() => Pattern.Holds(
        """
        g (float[2,3,6,6] x, float[5] style) => (float[2,4,6,6] y)
        <float[8,3,1,1] a = normal 0.5, float[5,11] m1 = normal 0.5, float[11,432] m2 = normal 0.1, float[7,6,1,1] b = normal 0.5, float[4,7,1,1] c = normal 0.3, int64[4] kernel = {6, 8, 3, 3}>
        {
            p = Conv (x, a)  h = MatMul (style, m1)  t = Tanh (h)  flat = MatMul (t, m2)  w = Reshape (flat, kernel)
            q = Conv <pads = [1,1,1,1]> (p, w)  r = Relu (q)  s = Conv (r, b)  y = Conv (s, c)
        }
        """,
        "8: a[0] m2[1]",
        "11: m1[1] m2[0]",
        "6: m2[1] b[1]",
        "7: b[0] c[1]");
}
