namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Channels that are cut, taken apart and put together in another order.</summary>
public class ShuffleTests
{
    [Fact]
    public void Chunks_go_separate_ways_and_come_together_again() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[12,3,1,1] a = normal 0.5, float[5,6,3,3] b = normal 0.3, float[7,17,1,1] c = normal 0.3, float[4,7,1,1] d = normal 0.3>
        {
            p = Conv (x, a)  l, r = Split <axis = 1, num_outputs = 2> (p)
            q = Conv <pads = [1,1,1,1]> (r, b)  e = Relu (q)
            j = Concat <axis = 1> (l, r, e)  k = Conv (j, c)  y = Conv (k, d)
        }
        """,
        "6: a[0] c[1]",
        "6: a[0] b[1] c[1]",
        "5: b[0] c[1]",
        "7: c[0] d[1]");

    [Fact]
    public void Overlapping_slices_cut_at_all_their_boundaries() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[12,3,1,1] a = normal 0.5, float[4,7,1,1] b = normal 0.4, float[4,8,1,1] c = normal 0.4,
         int64[1] zero = {0}, int64[1] four = {4}, int64[1] seven = {7}, int64[1] end = {9223372036854775807}, int64[1] axis = {1}>
        { p = Conv (x, a)  l = Slice (p, zero, seven, axis)  r = Slice (p, four, end, axis)  q = Conv (l, b)  s = Conv (r, c)  y = Add (q, s) }
        """,
        "4: a[0] b[1]",
        "3: a[0] b[1] c[1]",
        "5: a[0] c[1]");

    [Fact]
    public void Many_shuffled_units_share_what_their_shuffles_interleave() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[32,3,1,1] a = normal 0.5, float[16,16,1,1] b1 = normal 0.3, float[16,16,1,1] b2 = normal 0.3, float[16,16,1,1] b3 = normal 0.3, float[4,32,1,1] c = normal 0.3,
         int64[5] apart = {0, 2, 16, 4, 4}, int64[4] together = {0, 32, 4, 4}>
        {
            p = Conv (x, a)
            l1, r1 = Split <axis = 1, num_outputs = 2> (p)  q1 = Conv (r1, b1)  j1 = Concat <axis = 1> (l1, q1)
            s1 = Reshape (j1, apart)  t1 = Transpose <perm = [0,2,1,3,4]> (s1)  u1 = Reshape (t1, together)
            l2, r2 = Split <axis = 1, num_outputs = 2> (u1)  q2 = Conv (r2, b2)  j2 = Concat <axis = 1> (l2, q2)
            s2 = Reshape (j2, apart)  t2 = Transpose <perm = [0,2,1,3,4]> (s2)  u2 = Reshape (t2, together)
            l3, r3 = Split <axis = 1, num_outputs = 2> (u2)  q3 = Conv (r3, b3)  j3 = Concat <axis = 1> (l3, q3)
            y = Conv (j3, c)
        }
        """,
        "4: a[0] b1[0] b2[0] c[1]",
        "4: a[0] b1[0] b2[0] b3[1]",
        "8: a[0] b1[0] b2[1]",
        "16: a[0] b1[1]",
        "16: b3[0] c[1]");

    [Fact]
    public void Grouped_convolutions_with_shuffles_between_nest_their_groups() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[18,3,1,1] a = normal 0.5, float[18,6,1,1] b = normal 0.5, float[12,6,1,1] c = normal 0.5, float[4,12,1,1] d = normal 0.3, int64[5] apart = {0, 3, 6, 4, 4}, int64[4] together = {0, -1, 4, 4}>
        {
            p = Conv (x, a)  q = Conv <group = 3> (p, b)  r = Relu (q)
            s = Reshape (r, apart)  t = Transpose <perm = [0,2,1,3,4]> (s)  u = Reshape (t, together)
            v = Conv <group = 3> (u, c)  w = Relu (v)  y = Conv (w, d)
        }
        """,
        "3: a[0] b[0] c[1]",
        "6: a[0] b[1]",
        "3: b[0] c[0] d[1]",
        "2: b[0] c[1]",
        "4: c[0] d[1]");

    [Theory]
    [InlineData("DCR")]
    [InlineData("CRD")]
    public void A_pixel_shuffle_takes_whole_blocks(string mode) => Pattern.Holds(
        $$"""
        g (float[N,3,4,4] x) => (float[N,4,8,8] y)
        <float[24,3,3,3] a = normal 0.3, float[24] bias = normal 0.1, float[4,6,1,1] b = normal 0.4>
        { p = Conv <pads = [1,1,1,1]> (x, a, bias)  q = DepthToSpace <blocksize = 2, mode = "{{mode}}"> (p)  r = Relu (q)  y = Conv (r, b) }
        """,
        "6: a[0] bias[0] b[1]");

    [Fact]
    public void A_pixel_shuffle_of_reshapes_takes_whole_blocks() => Pattern.Holds(
        """
        g (float[N,3,H,W] x) => (float[N,4,H2,W2] y)
        <float[24,3,3,3] a = normal 0.3, float[4,6,1,1] b = normal 0.4, int64 zero = {0}, int64 two = {2}, int64 three = {3}, int64[1] first = {0}, int64[1] c1 = {-1}, int64[1] r1 = {2}, int64[1] s1 = {6}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)
            s = Shape (p)  n = Gather (s, zero)  h = Gather (s, two)  w = Gather (s, three)
            n1 = Unsqueeze (n, first)  h1 = Unsqueeze (h, first)  w1 = Unsqueeze (w, first)  h2 = Mul (h1, r1)  w2 = Mul (w1, r1)
            apart = Concat <axis = 0> (n1, c1, r1, r1, h1, w1)  together = Concat <axis = 0> (n1, s1, h2, w2)
            v = Reshape (p, apart)  t = Transpose <perm = [0,1,4,2,5,3]> (v)  q = Reshape (t, together)  y = Conv (q, b)
        }
        """,
        "6: a[0] b[1]");

    [Fact]
    public void Space_to_depth_repeats_its_channels_in_every_block() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,4,4,4] y)
        <float[5,3,3,3] a = normal 0.3, float[4,20,1,1] b = normal 0.3>
        { p = Conv <pads = [1,1,1,1]> (x, a)  q = SpaceToDepth <blocksize = 2> (p)  r = Relu (q)  y = Conv (r, b) }
        """,
        "5: a[0] b[1]");

    [Fact]
    public void A_focus_layer_repeats_its_channels_for_every_phase() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,4,4,4] y)
        <float[5,3,3,3] a = normal 0.3, float[4,20,1,1] b = normal 0.3,
         int64[2] s00 = {0, 0}, int64[2] s10 = {1, 0}, int64[2] s01 = {0, 1}, int64[2] s11 = {1, 1}, int64[2] end = {9223372036854775807, 9223372036854775807}, int64[2] axes = {2, 3}, int64[2] steps = {2, 2}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)
            f00 = Slice (p, s00, end, axes, steps)  f10 = Slice (p, s10, end, axes, steps)  f01 = Slice (p, s01, end, axes, steps)  f11 = Slice (p, s11, end, axes, steps)
            q = Concat <axis = 1> (f00, f10, f01, f11)  r = Relu (q)  y = Conv (r, b)
        }
        """,
        "5: a[0] b[1]");

    [Fact]
    public void Every_second_channel_is_taken_whole() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[12,3,1,1] a = normal 0.5, float[4,6,1,1] b = normal 0.4, int64[1] zero = {0}, int64[1] one = {1}, int64[1] end = {9223372036854775807}, int64[1] two = {2}>
        { p = Conv (x, a)  q = Slice (p, zero, end, one, two)  r = Slice (p, one, end, one, two)  g = Sigmoid (r)  s = Mul (q, g)  y = Conv (s, b) }
        """,
        "6: a[0] b[1]");

    [Fact]
    public void Flattened_channels_take_their_pixels_with_them() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,5] y)
        <float[6,3,3,3] a = normal 0.3, float[96,10] b = normal 0.1, float[10,5] c = normal 0.3, int64[2] rows = {-1, 96}>
        { p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  f = Reshape (q, rows)  h = MatMul (f, b)  i = Relu (h)  y = MatMul (i, c) }
        """,
        "6: a[0] b[0]",
        "10: b[1] c[0]");

    [Fact]
    public void Patches_unfolded_for_attention_and_folded_back_keep_their_channels() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[8,3,1,1] a = normal 0.5, float[8,6] q = normal 0.3, float[8,6] k = normal 0.3, float[8,10] v = normal 0.3, float[10,8] o = normal 0.3, float[4,16,1,1] b = normal 0.3,
         int64[4] rows = {-1, 2, 2, 2}, int64[4] pixels = {-1, 8, 4, 4}, int64[4] patches = {-1, 8, 4, 4}, int64[4] unrows = {-1, 2, 2, 2}, int64[4] image = {-1, 8, 4, 4}, float scale = {0.4}>
        {
            p = Conv (x, a)
            u1 = Reshape (p, rows)  u2 = Transpose <perm = [0,2,1,3]> (u1)  u3 = Reshape (u2, pixels)  u4 = Transpose <perm = [0,3,2,1]> (u3)
            mq = MatMul (u4, q)  mk = MatMul (u4, k)  mv = MatMul (u4, v)  kt = Transpose <perm = [0,1,3,2]> (mk)
            s = MatMul (mq, kt)  sc = Mul (s, scale)  w = Softmax <axis = -1> (sc)  m = MatMul (w, mv)  mo = MatMul (m, o)  r = Add (u4, mo)
            f1 = Transpose <perm = [0,3,2,1]> (r)  f2 = Reshape (f1, patches)  f3 = Reshape (f2, unrows)  f4 = Transpose <perm = [0,2,1,3]> (f3)  f5 = Reshape (f4, image)
            j = Concat <axis = 1> (p, f5)  y = Conv (j, b)
        }
        """,
        "8: a[0] q[0] k[0] v[0] o[1] b[1]",
        "6: q[1] k[1]",
        "10: v[1] o[0]");
}
