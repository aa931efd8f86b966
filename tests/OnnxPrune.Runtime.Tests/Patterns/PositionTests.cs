namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Positions in attention: tables per head and rotations of the head size.</summary>
public class PositionTests
{
    private const string Projections = """
        q1 = MatMul (s, wq)  q3 = Reshape (q1, heads)  q4 = Transpose <perm = [0,2,1,3]> (q3)
        k1 = MatMul (s, wk)  k3 = Reshape (k1, heads)  k4 = Transpose <perm = [0,2,1,3]> (k3)
        v1 = MatMul (s, wv)  v3 = Reshape (v1, heads)  v = Transpose <perm = [0,2,1,3]> (v3)
        """;

    private const string Weights =
        "float[10,24] wq = normal 0.3, float[10,24] wk = normal 0.3, float[10,24] wv = normal 0.3, int64[4] heads = {0, 0, 4, 6}";

    [Fact]
    public void A_table_of_buckets_loses_the_columns_of_removed_heads() => Pattern.Holds(
        Biased(
            "float[8,4] table = normal 0.5, int64[1] zero = {0}, int64[6,6] buckets = {0,1,2,3,4,5,1,0,1,2,3,4,2,1,0,1,2,3,3,2,1,0,1,2,4,3,2,1,0,1,7,6,5,2,1,0}",
            "picked = Gather (table, buckets)  turned = Transpose <perm = [2,0,1]> (picked)  bias = Unsqueeze (turned, zero)"),
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] table[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void A_table_of_window_offsets_loses_the_columns_of_removed_heads() => Pattern.Holds(
        Biased(
            """
            float[11,4] table = normal 0.5, int64[1] zero = {0}, int64[3] square = {6, 6, -1},
             int64[36] offsets = {5,6,7,8,9,10,4,5,6,7,8,9,3,4,5,6,7,8,2,3,4,5,6,7,1,2,3,4,5,6,0,1,2,3,4,5}
            """,
            "picked = Gather (table, offsets)  square1 = Reshape (picked, square)  turned = Transpose <perm = [2,0,1]> (square1)  bias = Unsqueeze (turned, zero)"),
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] table[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void A_rotation_of_halves_couples_the_halves() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, float[6,6] cos = normal 0.5, float[6,6] sin = normal 0.5, int64[1] zero = {{0}}, int64[1] three = {{3}}, int64[1] end = {{9223372036854775807}}, int64[1] last = {{3}}",
            $"""
            {Projections}
            qa = Slice (q4, zero, three, last)  qb = Slice (q4, three, end, last)  qn = Neg (qb)  qr = Concat <axis = -1> (qn, qa)  qc = Mul (q4, cos)  qs = Mul (qr, sin)  q = Add (qc, qs)
            ka = Slice (k4, zero, three, last)  kb = Slice (k4, three, end, last)  kn = Neg (kb)  kr = Concat <axis = -1> (kn, ka)  kc = Mul (k4, cos)  ks = Mul (kr, sin)  k = Add (kc, ks)
            """),
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] wo[0]",
        "3: wq[1] wk[1] cos[1] sin[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void A_rotation_of_pairs_by_Gather_couples_every_pair() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, float[6,3] cos = normal 0.5, float[6,3] sin = normal 0.5, int64 zero = {{0}}, int64 one = {{1}}, int64[1] last = {{-1}}, int64[5] pairs = {{0, 0, 0, 3, 2}}, int64[4] flat = {{0, 0, 0, -1}}",
            $"""
            {Projections}
            qp = Reshape (q4, pairs)  qa = Gather <axis = -1> (qp, zero)  qb = Gather <axis = -1> (qp, one)
            qac = Mul (qa, cos)  qbs = Mul (qb, sin)  qe = Sub (qac, qbs)  qas = Mul (qa, sin)  qbc = Mul (qb, cos)  qo = Add (qas, qbc)
            qe1 = Unsqueeze (qe, last)  qo1 = Unsqueeze (qo, last)  qt = Concat <axis = -1> (qe1, qo1)  q = Reshape (qt, flat)
            kp = Reshape (k4, pairs)  ka = Gather <axis = -1> (kp, zero)  kb = Gather <axis = -1> (kp, one)
            kac = Mul (ka, cos)  kbs = Mul (kb, sin)  ke = Sub (kac, kbs)  kas = Mul (ka, sin)  kbc = Mul (kb, cos)  ko = Add (kas, kbc)
            ke1 = Unsqueeze (ke, last)  ko1 = Unsqueeze (ko, last)  kt1 = Concat <axis = -1> (ke1, ko1)  k = Reshape (kt1, flat)
            """),
        Pairs);

    [Fact]
    public void A_rotation_of_pairs_by_strides_couples_every_pair() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, float[6,3] cos = normal 0.5, float[6,3] sin = normal 0.5, int64[1] zero = {{0}}, int64[1] one = {{1}}, int64[1] two = {{2}}, int64[1] end = {{9223372036854775807}}, int64[1] last = {{-1}}, int64[4] flat = {{0, 0, 0, 6}}",
            $"""
            {Projections}
            qa = Slice (q4, zero, end, last, two)  qb = Slice (q4, one, end, last, two)
            qac = Mul (qa, cos)  qbs = Mul (qb, sin)  qe = Sub (qac, qbs)  qas = Mul (qa, sin)  qbc = Mul (qb, cos)  qo = Add (qas, qbc)
            qe1 = Unsqueeze (qe, last)  qo1 = Unsqueeze (qo, last)  qt = Concat <axis = -1> (qe1, qo1)  q = Reshape (qt, flat)
            ka = Slice (k4, zero, end, last, two)  kb = Slice (k4, one, end, last, two)
            kac = Mul (ka, cos)  kbs = Mul (kb, sin)  ke = Sub (kac, kbs)  kas = Mul (ka, sin)  kbc = Mul (kb, cos)  ko = Add (kas, kbc)
            ke1 = Unsqueeze (ke, last)  ko1 = Unsqueeze (ko, last)  kt1 = Concat <axis = -1> (ke1, ko1)  k = Reshape (kt1, flat)
            """),
        Pairs);

    private static readonly string[] Pairs =
    [
        "10: stem[1] wq[0] wk[0] wv[0]",
        "4: wq[1] wk[1] wv[1] wo[0]",
        "3: wq[1] wk[1] cos[1] sin[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]",
    ];

    private static string Biased(string weights, string bias) =>
        Attention.Of($"{Weights}, {weights}", $"{Projections}  {bias}  q = Identity (q4)  k = Identity (k4)")
            .Replace(
                "weights = Softmax <axis = -1> (scaled)",
                "biased = Add (scaled, bias)  weights = Softmax <axis = -1> (biased)",
                StringComparison.Ordinal);
}
