namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Channels that are read in another order: by a list of indices, or from back to front.</summary>
public class PermutationTests
{
    [Fact]
    public void A_flip_that_is_added_couples_each_channel_with_its_mirror_image() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[10,3,1,1] a = normal 0.5, float[10] b = normal 0.5, float[4,10,3,3] c = normal 0.3,
         int64[1] last = {-1}, int64[1] first = {-9223372036854775808}, int64[1] axis = {1}, int64[1] back = {-1}>
        { p = Conv (x, a, b)  r = Relu (p)  f = Slice (r, last, first, axis, back)  s = Add (r, f)  y = Conv <pads = [1,1,1,1]> (s, c) }
        """,
        "5: a[0] b[0] c[1]");

    [Fact]
    public void A_flip_in_between_leaves_every_channel_free() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[7,3,1,1] a = normal 0.5, float[4,7,3,3] c = normal 0.3, int64[1] last = {6}, int64[1] first = {-8}, int64[1] axis = {1}, int64[1] back = {-1}>
        { p = Conv (x, a)  f = Slice (p, last, first, axis, back)  y = Conv <pads = [1,1,1,1]> (f, c) }
        """,
        "7: a[0] c[1]");

    [Fact]
    public void A_part_that_is_read_backwards_is_rewritten() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[12,3,1,1] a = normal 0.5, float[4,5,1,1] b = normal 0.4, float[4,12,1,1] c = normal 0.4,
         int64[1] from = {8}, int64[1] to = {3}, int64[1] axis = {1}, int64[1] back = {-1}>
        { p = Conv (x, a)  f = Slice (p, from, to, axis, back)  q = Conv (f, b)  s = Conv (p, c)  y = Add (q, s) }
        """,
        "4: a[0] c[1]",
        "5: a[0] b[1] c[1]",
        "3: a[0] c[1]");

    [Fact]
    public void A_list_of_all_channels_is_an_order() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[9,3,1,1] a = normal 0.5, float[4,9,1,1] b = normal 0.4, float[4,9,1,1] c = normal 0.4, int64[9] order = {4, 7, 0, -1, 2, 6, 1, 5, 3}>
        { p = Conv (x, a)  f = Gather <axis = 1> (p, order)  q = Conv (f, b)  s = Conv (p, c)  y = Add (q, s) }
        """,
        "9: a[0] b[1] c[1]");

    [Fact]
    public void An_order_that_is_added_couples_the_channels_of_each_cycle() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[13,3,1,1] a = normal 0.5, float[4,13,1,1] b = normal 0.4, int64[13] order = {1, 2, 0, 4, 5, 3, 7, 6, 9, 8, 11, 10, 12}>
        { p = Conv (x, a)  f = Gather <axis = 1> (p, order)  s = Add (p, f)  y = Conv (s, b) }
        """,
        "2: a[0] b[1]",
        "3: a[0] b[1]");

    [Fact]
    public void A_list_of_some_channels_takes_them_apart_from_the_others() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[11,3,1,1] a = normal 0.5, float[4,5,1,1] b = normal 0.4, float[4,11,1,1] c = normal 0.4, int64[5] some = {9, 1, 3, 10, 0}>
        { p = Conv (x, a)  f = Gather <axis = 1> (p, some)  q = Conv (f, b)  s = Conv (p, c)  y = Add (q, s) }
        """,
        "5: a[0] b[1] c[1]",
        "6: a[0] c[1]");

    [Fact]
    public void A_shuffle_by_a_list_before_a_grouped_convolution_has_its_groups() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[12,3,1,1] a = normal 0.5, float[8,3,1,1] b = normal 0.4, float[4,8,1,1] c = normal 0.4,
         int64[12] shuffle = {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11}>
        { p = Conv (x, a)  f = Gather <axis = 1> (p, shuffle)  q = Conv <group = 4> (f, b)  y = Conv (q, c) }
        """,
        "4: a[0] b[0] c[1]",
        "3: a[0] b[1]",
        "2: b[0] c[1]");

    [Fact]
    public void Grouped_convolutions_with_shuffles_by_lists_between_nest_their_groups() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[12,3,1,1] a = normal 0.5, float[12,3,1,1] b = normal 0.4, float[12,4,1,1] c = normal 0.4, float[4,12,1,1] d = normal 0.4,
         int64[12] shuffle = {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11}>
        { p = Conv (x, a)  q = Conv <group = 4> (p, b)  f = Gather <axis = 1> (q, shuffle)  r = Conv <group = 3> (f, c)  y = Conv (r, d) }
        """,
        "4: a[0] b[0] c[1]",
        "3: a[0] b[1]",
        "3: b[0] c[0] d[1]",
        "4: c[0] d[1]");

    [Fact]
    public void Heads_in_another_order_stay_heads() => Pattern.Holds(
        """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,5,8] x) => (float[N,5,4] y)
        <float[8,12] q = normal 0.3, float[8,12] k = normal 0.3, float[8,12] v = normal 0.3, float[12,4] o = normal 0.3,
         int64[4] s = {0, 0, 3, 4}, int64[3] m = {0, 0, 12}, int64[3] heads = {2, 0, 1}>
        {
            q1 = MatMul (x, q)  k1 = MatMul (x, k)  v1 = MatMul (x, v)
            q2 = Reshape (q1, s)  k2 = Reshape (k1, s)  v2 = Reshape (v1, s)  k0 = Gather <axis = 2> (k2, heads)
            q3 = Transpose <perm = [0,2,1,3]> (q2)  k3 = Transpose <perm = [0,2,3,1]> (k0)  v3 = Transpose <perm = [0,2,1,3]> (v2)
            a = MatMul (q3, k3)  w = Softmax <axis = -1> (a)  z = MatMul (w, v3)
            z1 = Transpose <perm = [0,2,1,3]> (z)  z2 = Reshape (z1, m)  y = MatMul (z2, o)
        }
        """,
        "3: q[1] k[1] v[1] o[0]",
        "4: q[1] k[1]",
        "4: v[1] o[0]");

    [Fact]
    public void Sequences_that_are_reversed_whole_are_an_order() => Pattern.Holds(
        """
        g (float[2,8] x) => (float[2,4] y)
        <float[8,7] a = normal 0.5, float[7,4] b = normal 0.4, int64[2] lengths = {7, 7}>
        { p = MatMul (x, a)  r = ReverseSequence <time_axis = 1, batch_axis = 0> (p, lengths)  y = MatMul (r, b) }
        """,
        "7: a[1] b[0]");
}
