namespace OnnxPrune.Testing;

/// <summary>Networks behind sizes that depend on data: selections, computed counts, positions and ends, and loops of unknown length.</summary>
internal static class DataDependentModels
{
    private static readonly Dictionary<string, (string Groups, string Nodes)> Models = new()
    {
        ["residual"] = ("a[1] (64)", """
            n = NonZero (m)  t = Transpose (n)  p = GatherND (x, t)  h = Gemm (p, a, ab)  r = Relu (h)  k = MatMul (r, b)  s = Add (k, h)
            o = Relu (s)  y = MatMul (o, e)
            """),
        ["two selections added"] = ("a[1] (64)", """
            p = Compress <axis = 0> (x, m)  q = Compress <axis = 0> (z, m)  h = MatMul (p, a)  k = MatMul (q, c)  s = Add (h, k)
            o = Relu (s)  y = MatMul (o, e)
            """),
        ["two selections joined"] = ("a[1] (64), c[1] (64)", """
            p = Compress <axis = 0> (x, m)  q = Compress <axis = 0> (z, m)  h = MatMul (p, a)  k = MatMul (q, c)
            s = Concat <axis = 1> (h, k)  o = Relu (s)  y = MatMul (o, f)
            """),
        ["heads"] = ("a[1]#0 (4), a[1]#1 (16)", """
            p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  l = Shape (h)  n = Gather (l, zero)  t = Concat <axis = 0> (n, heads, width)
            u = Reshape (h, t)  v = Transpose <perm = [1, 0, 2]> (u)  vt = Transpose <perm = [1, 2, 0]> (u)  s = MatMul (v, vt)
            o = Softmax (s)  i = MatMul (o, v)  tt = Transpose <perm = [1, 0, 2]> (i)  z2 = Concat <axis = 0> (n, rest)
            k = Reshape (tt, z2)  y = MatMul (k, e)
            """),
        ["a computed k"] = ("a[1] (64)", """
            l = ReduceSum <keepdims = 0> (mi)  k1 = Reshape (l, zk)  v, i = TopK <axis = 0> (x, k1)  h = MatMul (v, a)  r = Relu (h)
            y = MatMul (r, e)
            """),
        ["a computed range"] = ("a[1] (64)", """
            l = ReduceSum <keepdims = 0> (mi)  i = Range (first, l, one)  p = Gather (x, i)  h = MatMul (p, a)  r = Relu (h)
            y = MatMul (r, e)
            """),
        ["a computed end"] = ("a[1] (64)", """
            l = ReduceSum <keepdims = 0> (mi)  k1 = Reshape (l, zk)  p = Slice (x, zero, k1, zero)  h = MatMul (p, a)  r = Relu (h)
            y = MatMul (r, e)
            """),
        ["a filled shape"] = ("a[1] (64)", """
            p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  l = Shape (h)  o = ConstantOfShape (l)  s = Add (o, h)  r = Relu (s)
            y = MatMul (r, e)
            """),
        ["rows in pairs"] = ("a[1] (64), b[1] (64)", """
            p = Compress <axis = 0> (x, m)  pp = Concat <axis = 0> (p, p)  h = MatMul (pp, a)  r = Relu (h)  k = MatMul (r, b)
            v = Reshape (k, flat)  y = MatMul (v, f)
            """),
        ["rows in halves"] = ("a[1] (64), b[1] (32)", """
            p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  r = Relu (h)  k = MatMul (r, b)  v = Reshape (k, pair)  y = MatMul (v, g)
            """),
        ["what was selected joined to itself"] = ("a[1] (64), j[1] (64)", """
            p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  r = Relu (h)  s = Concat <axis = 1> (p, r)  k = MatMul (s, j)  o = Relu (k)
            y = MatMul (o, e)
            """),
        ["part of a selection"] = ("a[1] (64)", """
            p = Compress <axis = 0> (x, m)  s = Slice (p, zero, two, zero)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, e)
            """),
        ["all but the first of a selection"] = ("a[1] (64)", """
            p = Compress <axis = 0> (x, m)  s = Slice (p, ax, top, zero)  h = MatMul (s, a)  r = Relu (h)  y = MatMul (r, e)
            """),
        ["stacked by a loop"] = ("a[1] (64)", """
            l = ReduceSum <keepdims = 0> (mi)
            n, p = Loop <body = b (int64 i, bool g0, float[10] h0) => (bool go, float[10] k0, float[10] s0) { go = Identity (g0)  k0 = Relu (h0)  s0 = Sin (h0) }>
                (l, yes, row)
            h = MatMul (p, a)  r = Relu (h)  y = MatMul (r, e)
            """),
        ["two outputs of a loop"] = ("a[1] (64), c[1] (64)", """
            l = ReduceSum <keepdims = 0> (mi)
            n, p, q = Loop
                <body = b (int64 i, bool g0, float[10] h0) => (bool go, float[10] k0, float[10] s0, float[10] s1)
                    { go = Identity (g0)  k0 = Relu (h0)  s0 = Sin (h0)  s1 = Neg (h0) }> (l, yes, row)
            h = MatMul (p, a)  k = MatMul (q, c)  s = Concat <axis = 1> (h, k)  r = Relu (s)  y = MatMul (r, f)
            """),
        ["a recurrent layer"] = ("a[1] (64), rw[1] (16)", """
            p = Compress <axis = 0> (x, m)  h = MatMul (p, a)  u = Unsqueeze (h, ax)  s, t = RNN <hidden_size = 16> (u, rw, rr)
            v = Squeeze (s, ax)  q = Squeeze (v, ax)  y = MatMul (q, le)
            """),
    };

    /// <summary>What the models are, in words.</summary>
    public static IEnumerable<string> Kinds => Models.Keys;

    /// <summary>The groups of a model, all of which are exact.</summary>
    public static string GroupsOf(string kind) => Models[kind].Groups;

    /// <summary>A model as ONNX text.</summary>
    public static string Text(string kind) => $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[P,10] x, float[P,10] z, bool[P] m, int64[P] mi, float[10] row) => (float[K,L] y)
        <int64[1] zero = {0}, int64 first = {0}, int64 one = {1}, int64[1] rest = {-1}, int64[1] heads = {4}, int64[1] width = {16}, int64[2] flat = {-1, 128},
         int64[2] pair = {-1, 32}, int64[1] two = {2}, int64[1] zk = {1}, int64[1] top = {100}, int64[1] ax = {1}, bool yes = {1},
         float[10,64] a = normal 0.4, float[64] ab = normal 0.2, float[64,64] b = normal 0.2, float[10,64] c = normal 0.4, float[64,6] e = normal 0.3,
         float[128,6] f = normal 0.2, float[32,6] g = normal 0.3, float[74,64] j = normal 0.2, float[1,16,64] rw = normal 0.2, float[1,16,16] rr = normal 0.2,
         float[16,6] le = normal 0.4>
        { {{Models[kind].Nodes}} }
        """;
}
