namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Necks and heads of detectors: what names anchors, classes and boxes is held, the towers before it are not.</summary>
public class DetectionTests
{
    [Fact]
    public void A_pyramid_adds_its_laterals_and_shares_a_tower_over_all_levels() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,A,5] y)
        <float[6,3,3,3] c1 = normal 0.3, float[9,6,3,3] c2 = normal 0.2, float[8,6,1,1] l1 = normal 0.3, float[8,9,1,1] l2 = normal 0.3, float[8,8,3,3] o1 = normal 0.2, float[8,8,3,3] o2 = normal 0.2,
         float[10,8,3,3] tower = normal 0.2, float[15,10,1,1] head = normal 0.3, float[4] scales = {1, 1, 2, 2}, int64[3] boxes = {0, -1, 5}>
        {
            f1 = Conv <pads = [1,1,1,1]> (x, c1)  r1 = Relu (f1)  f2 = Conv <pads = [1,1,1,1], strides = [2,2]> (r1, c2)  r2 = Relu (f2)
            p2 = Conv (r2, l2)  up = Resize <mode = "nearest"> (p2, , scales)  s1 = Conv (r1, l1)  p1 = Add (s1, up)
            q1 = Conv <pads = [1,1,1,1]> (p1, o1)  q2 = Conv <pads = [1,1,1,1]> (p2, o2)
            t1 = Conv <pads = [1,1,1,1]> (q1, tower)  a1 = Relu (t1)  h1 = Conv (a1, head)  u1 = Transpose <perm = [0,2,3,1]> (h1)  b1 = Reshape (u1, boxes)
            t2 = Conv <pads = [1,1,1,1]> (q2, tower)  a2 = Relu (t2)  h2 = Conv (a2, head)  u2 = Transpose <perm = [0,2,3,1]> (h2)  b2 = Reshape (u2, boxes)
            b = Concat <axis = 1> (b1, b2)  y = Sigmoid (b)
        }
        """,
        "6: c1[0] c2[1] l1[1]",
        "9: c2[0] l2[1]",
        "8: l2[0] l1[0] o1[1] o2[1]",
        "8: o1[0] o2[0] tower[1]",
        "10: tower[0] head[1]");

    [Fact]
    public void A_path_aggregation_neck_concatenates_up_and_down() => Pattern.Holds(
        """
        g (float[N,3,8,8] x) => (float[N,6,8,8] y1, float[N,6,4,4] y2)
        <float[6,3,3,3] c1 = normal 0.3, float[9,6,3,3] c2 = normal 0.2, float[5,9,1,1] red = normal 0.3, float[7,11,3,3] td = normal 0.2, float[4,7,3,3] dn = normal 0.2, float[8,9,3,3] bu = normal 0.2,
         float[6,7,1,1] h1 = normal 0.3, float[6,8,1,1] h2 = normal 0.3, float[4] scales = {1, 1, 2, 2}>
        {
            f1 = Conv <pads = [1,1,1,1]> (x, c1)  r1 = Relu (f1)  f2 = Conv <pads = [1,1,1,1], strides = [2,2]> (r1, c2)  r2 = Relu (f2)
            m = Conv (r2, red)  up = Resize <mode = "nearest"> (m, , scales)  j1 = Concat <axis = 1> (up, r1)  t = Conv <pads = [1,1,1,1]> (j1, td)  tr = Relu (t)
            d = Conv <pads = [1,1,1,1], strides = [2,2]> (tr, dn)  j2 = Concat <axis = 1> (d, m)  b = Conv <pads = [1,1,1,1]> (j2, bu)  br = Relu (b)
            y1 = Conv (tr, h1)  y2 = Conv (br, h2)
        }
        """,
        "6: c1[0] c2[1] td[1]",
        "9: c2[0] red[1]",
        "5: red[0] td[1] bu[1]",
        "7: td[0] dn[1] h1[1]",
        "4: dn[0] bu[1]",
        "8: bu[0] h2[1]");

    [Fact]
    public void A_head_of_distributions_loses_its_bins_approximately_and_its_towers_exactly() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,7,16] y)
        <float[6,3,3,3] a = normal 0.3, float[8,6,3,3] box = normal 0.2, float[16,8,1,1] boxes = normal 0.3, float[9,6,3,3] cls = normal 0.2, float[3,9,1,1] classes = normal 0.3,
         float[1,4,1,1] bins = {0, 1, 2, 3}, int64[3] flat = {0, -1, 16}, int64[4] apart = {0, 4, 4, 16}, int64[3] four = {0, 4, 16}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)
            b1 = Conv <pads = [1,1,1,1]> (q, box)  b2 = Relu (b1)  b3 = Conv (b2, boxes)
            c1 = Conv <pads = [1,1,1,1]> (q, cls)  c2 = Relu (c1)  c3 = Conv (c2, classes)
            j = Concat <axis = 1> (b3, c3)  f = Reshape (j, flat)  d, c = Split <axis = 1> (f, sizes)
            e = Reshape (d, apart)  t = Transpose <perm = [0,2,1,3]> (e)  s = Softmax <axis = 1> (t)  w = Conv (s, bins)  v = Reshape (w, four)
            g = Sigmoid (c)  y = Concat <axis = 1> (v, g)
        }
        """.Replace("int64[3] four", "int64[2] sizes = {16, 3}, int64[3] four", StringComparison.Ordinal),
        "6: a[0] box[1] cls[1]",
        "8: box[0] boxes[1]",
        "~4: boxes[0] bins[1]",
        "9: cls[0] classes[1]");

    [Fact]
    public void Suppressed_boxes_hold_what_they_select_from_only() => Pattern.Holds(
        """
        g (float[1,3,4,4] x) => (int64[K,3] y, float[1,3,16] scores)
        <float[6,3,3,3] a = normal 0.3, float[8,6,3,3] t = normal 0.2, float[4,8,1,1] box = normal 0.3, float[3,8,1,1] cls = normal 0.3,
         int64[3] b4 = {1, 4, 16}, int64[3] c3 = {1, 3, 16}, int64 most = {5}, float overlap = {0.5}, float least = {0.2}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv <pads = [1,1,1,1]> (q, t)  u = Relu (r)
            b = Conv (u, box)  bf = Reshape (b, b4)  boxes = Transpose <perm = [0,2,1]> (bf)
            c = Conv (u, cls)  cf = Reshape (c, c3)  scores = Sigmoid (cf)
            y = NonMaxSuppression (boxes, scores, most, overlap, least)
        }
        """,
        "6: a[0] t[1]",
        "8: t[0] box[1] cls[1]");

    [Fact]
    public void A_head_of_anchors_times_classes_holds_its_outputs_only() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,48,7] y)
        <float[6,3,3,3] a = normal 0.3, float[8,6,3,3] t = normal 0.2, float[21,8,1,1] head = normal 0.3, float[21] hb = normal 0.1, float[1,3,4,4,2] grid = normal 1, float stride = {8},
         int64[5] apart = {0, 3, 7, 4, 4}, int64[3] sizes = {2, 2, 3}, int64[3] rows = {0, -1, 7}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv <pads = [1,1,1,1]> (q, t)  u = Relu (r)  h = Conv (u, head, hb)
            v = Reshape (h, apart)  w = Transpose <perm = [0,1,3,4,2]> (v)  s = Sigmoid (w)  xy, wh, rest = Split <axis = 4> (s, sizes)
            c = Add (xy, grid)  d = Mul (c, stride)  e = Mul (wh, wh)  j = Concat <axis = 4> (d, e, rest)  y = Reshape (j, rows)
        }
        """,
        "6: a[0] t[1]",
        "8: t[0] head[1]");

    [Fact]
    public void A_cross_stage_block_chunks_grows_and_concatenates() => Pattern.Holds(
        """
        g (float[N,3,4,4] x) => (float[N,5,4,4] y)
        <float[6,3,1,1] stem = normal 0.5, float[12,6,1,1] cv1 = normal 0.4, float[5,6,3,3] a1 = normal 0.2, float[6,5,3,3] a2 = normal 0.2, float[4,6,3,3] b1 = normal 0.2, float[6,4,3,3] b2 = normal 0.2,
         float[9,24,1,1] cv2 = normal 0.3, float[5,9,1,1] head = normal 0.4, int64[2] halves = {6, 6}>
        {
            s = Conv (x, stem)  c = Conv (s, cv1)  l, r = Split <axis = 1> (c, halves)
            p = Conv <pads = [1,1,1,1]> (r, a1)  q = Conv <pads = [1,1,1,1]> (p, a2)  m = Add (r, q)
            t = Conv <pads = [1,1,1,1]> (m, b1)  u = Conv <pads = [1,1,1,1]> (t, b2)  n = Add (m, u)
            j = Concat <axis = 1> (l, r, m, n)  k = Conv (j, cv2)  w = Relu (k)  y = Conv (w, head)
        }
        """,
        "6: stem[0] cv1[1]",
        "6: cv1[0] cv2[1]",
        "6: cv1[0] a1[1] a2[0] b1[1] b2[0] cv2[1]",
        "5: a1[0] a2[1]",
        "4: b1[0] b2[1]",
        "9: cv2[0] head[1]");
}
