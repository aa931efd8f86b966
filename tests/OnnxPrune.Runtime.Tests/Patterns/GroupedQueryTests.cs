namespace OnnxPrune.Runtime.Tests.Patterns;

/// <summary>Keys and values that several query heads share: 2 of them, each for 2 queries.</summary>
public class GroupedQueryTests
{
    private const string Weights = """
        float[10,24] wq = normal 0.3, float[10,12] wk = normal 0.3, float[10,12] wv = normal 0.3, int64[4] heads = {0, 0, 4, 6}, int64[4] shared = {0, 0, 2, 6}, int64[1] two = {2}, int64[1] one = {1}
        """;

    private const string Projections = """
        q1 = MatMul (s, wq)  q3 = Reshape (q1, heads)  q = Transpose <perm = [0,2,1,3]> (q3)
        k1 = MatMul (s, wk)  k3 = Reshape (k1, shared)  k4 = Transpose <perm = [0,2,1,3]> (k3)
        v1 = MatMul (s, wv)  v3 = Reshape (v1, shared)  v4 = Transpose <perm = [0,2,1,3]> (v3)
        """;

    [Fact]
    public void Shared_heads_repeated_by_expanding() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, int64[5] wide = {{1, 1, 2, 1, 1}}, int64[4] flat = {{0, 4, 6, 6}}",
            $"""
            {Projections}
            k5 = Unsqueeze (k4, two)  k6 = Expand (k5, wide)  k = Reshape (k6, flat)
            v5 = Unsqueeze (v4, two)  v6 = Expand (v5, wide)  v = Reshape (v6, flat)
            """),
        Groups);

    [Fact]
    public void Shared_heads_repeated_to_a_shape_that_the_model_computes() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, int64[1] zero = {{0}}, int64[2] rest = {{6, 6}}, int64[1] four = {{4}}",
            $"""
            {Projections}
            sh = Shape (k4)  n = Slice (sh, zero, one, zero)  h = Slice (sh, one, two, zero)
            wide = Concat <axis = 0> (n, h, two, rest)  flat = Concat <axis = 0> (n, four, rest)
            k5 = Unsqueeze (k4, two)  k6 = Expand (k5, wide)  k = Reshape (k6, flat)
            v5 = Unsqueeze (v4, two)  v6 = Expand (v5, wide)  v = Reshape (v6, flat)
            """),
        Groups);

    [Fact]
    public void Shared_heads_repeated_one_by_one() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, int64[5] wide = {{1, 1, 2, 1, 1}}, int64[4] flat = {{0, 4, 6, 6}}",
            $"""
            {Projections}
            k5 = Unsqueeze (k4, two)  k6 = Tile (k5, wide)  k = Reshape (k6, flat)
            v5 = Unsqueeze (v4, two)  v6 = Tile (v5, wide)  v = Reshape (v6, flat)
            """),
        WholeGroups);

    [Fact]
    public void Shared_heads_repeated_as_a_whole_by_Tile() => Pattern.Holds(
        Attention.Of(
            $"{Weights}, int64[4] twice = {{1, 2, 1, 1}}",
            $"""
            {Projections}
            k = Tile (k4, twice)  v = Tile (v4, twice)
            """),
        "10: stem[1] wq[0] wk[0] wv[0]",
        "2: wq[1] wk[1] wv[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]");

    [Fact]
    public void Shared_heads_that_broadcasting_repeats() => Pattern.Holds(
        """
        g (float[N,6,3] x) => (float[N,6,5] y)
        <float[3,10] stem = normal 0.5, float[10,24] wq = normal 0.3, float[10,12] wk = normal 0.3, float[10,12] wv = normal 0.3, float[24,10] wo = normal 0.3, float[10,5] head = normal 0.3,
         float scale = {0.4}, int64[3] hidden = {0, 0, 24}, int64[5] heads = {0, 0, 2, 2, 6}, int64[5] shared = {0, 0, 2, 1, 6}>
        {
            s = MatMul (x, stem)
            q1 = MatMul (s, wq)  q2 = Reshape (q1, heads)  q = Transpose <perm = [0,2,3,1,4]> (q2)
            k1 = MatMul (s, wk)  k2 = Reshape (k1, shared)  k = Transpose <perm = [0,2,3,4,1]> (k2)
            v1 = MatMul (s, wv)  v2 = Reshape (v1, shared)  v = Transpose <perm = [0,2,3,1,4]> (v2)
            scores = MatMul (q, k)  scaled = Mul (scores, scale)  w = Softmax <axis = -1> (scaled)  m = MatMul (w, v)
            b = Transpose <perm = [0,3,1,2,4]> (m)  f = Reshape (b, hidden)  o = MatMul (f, wo)  y = MatMul (o, head)
        }
        """,
        Groups);

    private static readonly string[] Groups =
    [
        "10: stem[1] wq[0] wk[0] wv[0]",
        "2: wq[1] wk[1] wv[1] wo[0]",
        "2: wq[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]",
    ];

    private static readonly string[] WholeGroups =
    [
        "10: stem[1] wq[0] wk[0] wv[0]",
        "2: wq[1] wk[1] wv[1] wo[0]",
        "6: wq[1] wk[1]",
        "6: wv[1] wo[0]",
        "10: wo[1] head[0]",
    ];
}
