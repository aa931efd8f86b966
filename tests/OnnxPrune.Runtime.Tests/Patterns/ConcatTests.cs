namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Branches side by side: every producer keeps a group of its own, cut wherever somebody cuts.</summary>
public class ConcatTests
{
    [Fact]
    public void Dense_blocks_reuse_every_layer_at_every_depth() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,5,3,3] y)
        <float[6,3,3,3] stem = normal 0.3, float[5,6,3,3] d1 = normal 0.2, float[4,11,3,3] d2 = normal 0.2, float[3,15,3,3] d3 = normal 0.2, float[9,18,1,1] tr = normal 0.2,
         float[18] s = uniform 0.5 1.5, float[18] t = normal 0.2, float[18] m = normal 0.2, float[18] v = uniform 0.5 1.5, float[4,9,3,3] e1 = normal 0.2, float[5,13,1,1] head = normal 0.3>
        {
            f0 = Conv <pads = [1,1,1,1]> (x, stem)
            g1 = Conv <pads = [1,1,1,1]> (f0, d1)  f1 = Concat <axis = 1> (f0, g1)
            g2 = Conv <pads = [1,1,1,1]> (f1, d2)  f2 = Concat <axis = 1> (f0, g1, g2)
            g3 = Conv <pads = [1,1,1,1]> (f2, d3)  f3 = Concat <axis = 1> (f2, g3)
            n = BatchNormalization (f3, s, t, m, v)  r = Relu (n)
            w = Conv (r, tr)  h = AveragePool <kernel_shape = [2,2], strides = [2,2]> (w)
            k = Conv <pads = [1,1,1,1]> (h, e1)  l = Concat <axis = 1> (h, k)  y = Conv (l, head)
        }
        """,
        "6: stem[0] d1[1] d2[1] d3[1] s[0] t[0] m[0] v[0] tr[1]",
        "5: d1[0] d2[1] d3[1] s[0] t[0] m[0] v[0] tr[1]",
        "4: d2[0] d3[1] s[0] t[0] m[0] v[0] tr[1]",
        "3: d3[0] s[0] t[0] m[0] v[0] tr[1]",
        "9: tr[0] e1[1] head[1]",
        "4: e1[0] head[1]");

    [Fact]
    public void Inception_branches_and_their_pooled_input_stay_apart() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,5,6,6] y)
        <float[7,3,1,1] stem = normal 0.5, float[4,7,1,1] b1 = normal 0.3, float[3,7,1,1] b2 = normal 0.3, float[5,3,3,3] b3 = normal 0.3,
         float[6,5,1,3] b4 = normal 0.3, float[2,5,3,1] b5 = normal 0.3, float[3,7,1,1] b6 = normal 0.3, float[5,15,1,1] head = normal 0.3>
        {
            s = Conv (x, stem)
            p = Conv (s, b1)
            q = Conv (s, b2)  r = Conv <pads = [1,1,1,1]> (q, b3)
            t1 = Conv <pads = [0,1,0,1]> (r, b4)  t2 = Conv <pads = [1,0,1,0]> (r, b5)
            m = MaxPool <kernel_shape = [3,3], pads = [1,1,1,1]> (s)  u = Conv (m, b6)
            c = Concat <axis = 1> (p, t1, t2, u)  e = Gelu (c)  y = Conv (e, head)
        }
        """,
        "7: stem[0] b1[1] b2[1] b6[1]",
        "4: b1[0] head[1]",
        "3: b2[0] b3[1]",
        "5: b3[0] b4[1] b5[1]",
        "6: b4[0] head[1]",
        "2: b5[0] head[1]",
        "3: b6[0] head[1]");

    [Fact]
    public void U_Net_skips_join_what_a_transposed_convolution_brings_up() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,2,8,8] y)
        <float[6,3,3,3] e1 = normal 0.3, float[8,6,3,3] e2 = normal 0.2, float[10,8,3,3] mid = normal 0.2, float[10,7,2,2] u2 = normal 0.2, float[7] u2b = normal 0.1, float[9,15,3,3] d2 = normal 0.2,
         float[9,5,2,2] u1 = normal 0.2, float[4,11,3,3] d1 = normal 0.2, float[2,4,1,1] head = normal 0.5>
        {
            a = Conv <pads = [1,1,1,1]> (x, e1)  ar = Relu (a)  ap = MaxPool <kernel_shape = [2,2], strides = [2,2]> (ar)
            b = Conv <pads = [1,1,1,1]> (ap, e2)  br = Relu (b)  bp = MaxPool <kernel_shape = [2,2], strides = [2,2]> (br)
            c = Conv <pads = [1,1,1,1]> (bp, mid)  cr = Relu (c)
            up2 = ConvTranspose <strides = [2,2]> (cr, u2, u2b)  j2 = Concat <axis = 1> (up2, br)
            k2 = Conv <pads = [1,1,1,1]> (j2, d2)  l2 = Relu (k2)
            up1 = ConvTranspose <strides = [2,2]> (l2, u1)  j1 = Concat <axis = 1> (ar, up1)
            k1 = Conv <pads = [1,1,1,1]> (j1, d1)  l1 = Relu (k1)  y = Conv (l1, head)
        }
        """,
        "6: e1[0] e2[1] d1[1]",
        "8: e2[0] mid[1] d2[1]",
        "10: mid[0] u2[0]",
        "7: u2[1] u2b[0] d2[1]",
        "9: d2[0] u1[0]",
        "5: u1[1] d1[1]",
        "4: d1[0] head[1]");

    [Fact]
    public void U_Net_skips_join_what_a_resize_to_their_own_size_brings_up() => Pattern.Holds(
        """
        g (float[N,3,H,W] x) => (float[N,2,H,W] y)
        <float[6,3,3,3] e1 = normal 0.3, float[8,6,3,3] e2 = normal 0.2, float[4,14,3,3] d1 = normal 0.2, float[2,4,1,1] head = normal 0.5,
         int64[1] zero = {0}, int64[1] two = {2}, int64[1] four = {4}>
        {
            a = Conv <pads = [1,1,1,1]> (x, e1)  ar = Relu (a)  ap = MaxPool <kernel_shape = [2,2], strides = [2,2]> (ar)
            b = Conv <pads = [1,1,1,1]> (ap, e2)  br = Relu (b)
            bs = Shape (br)  lead = Slice (bs, zero, two, zero)  as = Shape (ar)  space = Slice (as, two, four, zero)
            sizes = Concat <axis = 0> (lead, space)  up = Resize <mode = "nearest"> (br, , , sizes)
            j = Concat <axis = 1> (up, ar)  k = Conv <pads = [1,1,1,1]> (j, d1)  l = Relu (k)  y = Conv (l, head)
        }
        """,
        "6: e1[0] e2[1] d1[1]",
        "8: e2[0] d1[1]",
        "4: d1[0] head[1]");
}
