namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Residual networks: one group per stage, whatever leads from one stage to the next.</summary>
public class ResidualTests
{
    [Fact]
    public void A_residual_chain_couples_a_stage_and_projections_separate_stages() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,5] y)
        <float[8,3,3,3] stem = normal 0.3, float[6,8,3,3] a1 = normal 0.2, float[8,6,3,3] a2 = normal 0.2, float[7,8,3,3] b1 = normal 0.2, float[8,7,3,3] b2 = normal 0.2,
         float[9,8,3,3] c1 = normal 0.2, float[12,9,3,3] c2 = normal 0.2, float[12,8,1,1] down = normal 0.3, float[10,12,1,1] d1 = normal 0.3, float[12,10,1,1] d2 = normal 0.3,
         float[12,5] head = normal 0.3>
        {
            s = Conv <pads = [1,1,1,1]> (x, stem)
            p1 = Conv <pads = [1,1,1,1]> (s, a1)  q1 = Relu (p1)  r1 = Conv <pads = [1,1,1,1]> (q1, a2)  s1 = Add (s, r1)  t1 = Relu (s1)
            p2 = Conv <pads = [1,1,1,1]> (t1, b1)  q2 = Relu (p2)  r2 = Conv <pads = [1,1,1,1]> (q2, b2)  s2 = Add (r2, t1)  t2 = Relu (s2)
            p3 = Conv <pads = [1,1,1,1], strides = [2,2]> (t2, c1)  q3 = Relu (p3)  r3 = Conv <pads = [1,1,1,1]> (q3, c2)
            side = Conv <strides = [2,2]> (t2, down)  s3 = Add (r3, side)  t3 = Relu (s3)
            p4 = Conv (t3, d1)  q4 = Relu (p4)  r4 = Conv (q4, d2)  s4 = Add (t3, r4)
            pool = GlobalAveragePool (s4)  flat = Flatten (pool)  y = MatMul (flat, head)
        }
        """,
        "8: stem[0] a1[1] a2[0] b1[1] b2[0] c1[1] down[1]",
        "6: a1[0] a2[1]",
        "7: b1[0] b2[1]",
        "9: c1[0] c2[1]",
        "12: c2[0] down[0] d1[1] d2[0] head[0]",
        "10: d1[0] d2[1]");

    [Fact]
    public void An_option_A_shortcut_pads_a_stage_into_the_next() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,5] y)
        <float[6,3,3,3] stem = normal 0.3, float[9,6,3,3] a1 = normal 0.2, float[12,9,3,3] a2 = normal 0.2, float[12,5] head = normal 0.3,
         int64[1] zero = {0}, int64[1] end = {9223372036854775807}, int64[2] starts = {0, 0}, int64[2] ends = {8, 8}, int64[2] axes = {2, 3}, int64[2] steps = {2, 2},
         int64[8] pads = {0, 2, 0, 0, 0, 4, 0, 0}>
        {
            s = Conv <pads = [1,1,1,1]> (x, stem)
            p = Conv <pads = [1,1,1,1], strides = [2,2]> (s, a1)  q = Relu (p)  r = Conv <pads = [1,1,1,1]> (q, a2)
            thin = Slice (s, starts, ends, axes, steps)  wide = Pad (thin, pads)
            t = Add (r, wide)  u = Relu (t)
            pool = GlobalAveragePool (u)  flat = Flatten (pool)  y = MatMul (flat, head)
        }
        """,
        "6: stem[0] a1[1] a2[0] head[0]",
        "9: a1[0] a2[1]",
        "2: a2[0] head[0]",
        "4: a2[0] head[0]");

    [Fact]
    public void An_option_A_shortcut_that_concatenates_zeros_leaves_with_what_it_is_added_to() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,5] y)
        <float[6,3,3,3] stem = normal 0.3, float[9,6,3,3] a1 = normal 0.2, float[12,9,3,3] a2 = normal 0.2, float[12,5] head = normal 0.3, int64 zero = {0}, int64[1] first = {0}, int64[3] rest = {6, 4, 4}>
        {
            s = Conv <pads = [1,1,1,1]> (x, stem)
            p = Conv <pads = [1,1,1,1], strides = [2,2]> (s, a1)  q = Relu (p)  r = Conv <pads = [1,1,1,1]> (q, a2)
            thin = AveragePool <kernel_shape = [2,2], strides = [2,2]> (s)  sh = Shape (thin)  n = Gather (sh, zero)  n1 = Unsqueeze (n, first)
            shape = Concat <axis = 0> (n1, rest)  none = ConstantOfShape (shape)  wide = Concat <axis = 1> (thin, none)
            t = Add (r, wide)  u = Relu (t)  pool = GlobalAveragePool (u)  flat = Flatten (pool)  y = MatMul (flat, head)
        }
        """,
        "6: stem[0] a1[1] a2[0] head[0]",
        "9: a1[0] a2[1]",
        "6: a2[0] head[0]");

    [Fact]
    public void Layer_scale_belongs_to_its_stage() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,5] y)
        <float[8,3,1,1] stem = normal 0.5, float[8,1,3,3] dw = normal 0.3, float[8,20] up = normal 0.3, float[20] upb = normal 0.1, float[20,8] down = normal 0.3, float[8] downb = normal 0.1,
         float[8,1,1] scale = uniform 0.000001 0.000002, float[8] g1 = uniform 0.5 1.5, float[8] b1 = normal 0.1, float[8,5] head = normal 0.3>
        {
            s = Conv (x, stem)
            d = Conv <group = 8, pads = [1,1,1,1]> (s, dw)
            last = Transpose <perm = [0,2,3,1]> (d)
            n = LayerNormalization <axis = -1> (last, g1, b1)
            m = MatMul (n, up)  mb = Add (m, upb)  a = Gelu (mb)  o = MatMul (a, down)  ob = Add (o, downb)
            first = Transpose <perm = [0,3,1,2]> (ob)
            scaled = Mul (scale, first)
            t = Add (s, scaled)
            pool = GlobalAveragePool (t)  flat = Flatten (pool)  y = MatMul (flat, head)
        }
        """,
        "~8: stem[0] dw[0] g1[0] b1[0] up[0] down[1] downb[0] scale[0] head[0]",
        "20: up[1] upb[0] down[0]");

    [Fact]
    public void Normalisation_before_and_after_a_convolution_belongs_to_its_channels() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,1,1] a = normal 0.5, float[6,8,3,3] b = normal 0.2, float[8,6,1,1] c = normal 0.3, float[4,8,1,1] d = normal 0.3,
         float[8] s1 = uniform 0.5 1.5, float[8] t1 = normal 0.2, float[8] m1 = normal 0.2, float[8] v1 = uniform 0.5 1.5,
         float[6] s2 = uniform 0.5 1.5, float[6] t2 = normal 0.2, float[6] m2 = normal 0.2, float[6] v2 = uniform 0.5 1.5, float[6,1,1] slope = uniform 0.1 0.3>
        {
            p = Conv (x, a)
            n1 = BatchNormalization (p, s1, t1, m1, v1)  r1 = Relu (n1)
            q = Conv <pads = [1,1,1,1]> (r1, b)
            n2 = BatchNormalization (q, s2, t2, m2, v2)  r2 = PRelu (n2, slope)
            u = Conv (r2, c)  v = Add (p, u)  y = Conv (v, d)
        }
        """,
        "8: a[0] s1[0] t1[0] m1[0] v1[0] b[1] c[0] d[1]",
        "6: b[0] s2[0] t2[0] m2[0] v2[0] slope[0] c[1]");
}
