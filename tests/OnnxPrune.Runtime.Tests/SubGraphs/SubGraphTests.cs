using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Patterns;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.SubGraphs;

/// <summary>If, Loop and Scan inside networks: what the bodies of loops read from outside is held, everything else is pruned.</summary>
public class SubGraphTests
{
    private const string Condition = "total = ReduceSum <keepdims = 0> (x)  cond = Greater (total, zero)";

    [Fact]
    public void Both_branches_of_an_If_lose_what_they_read() => Pattern.Holds(
        $$"""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[7,6,1,1] c = normal 0.4, float[5,7,1,1] d = normal 0.4, float[4,5,1,1] e = normal 0.4, float zero = {0}, float[N,6,6,6] u>
        {
            {{Condition}}
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv (q, b)
            u = If <then_branch = then () => (t1) { t1 = Sigmoid (r) }, else_branch = else () => (t2) <float[6,1,1] s = uniform 0.5 1.5> { t0 = Mul (r, s)  t2 = Tanh (t0) }> (cond)
            v = Conv (u, c)  w = Relu (v)  k = Conv (w, d)  l = Relu (k)  y = Conv (l, e)
        }
        """,
        "8: a[0] b[1]",
        "6: b[0] u/else/s[0] c[1]",
        "7: c[0] d[1]",
        "5: d[0] e[1]");

    [Fact]
    public void What_follows_an_If_whose_branches_agree_is_pruned() => Pattern.Holds(
        $$"""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[7,6,1,1] c = normal 0.4, float[4,7,1,1] e = normal 0.4, float zero = {0}>
        {
            {{Condition}}
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv (q, b)
            u = If <then_branch = then () => (t1) { t1 = Sigmoid (r) }, else_branch = else () => (t2) { t2 = Tanh (r) }> (cond)
            m = Softplus (u)  v = Conv (m, c)  l = Relu (v)  y = Conv (l, e)
        }
        """,
        "8: a[0] b[1]",
        "6: b[0] c[1]",
        "7: c[0] e[1]");

    [Fact]
    public void Linear_layers_behind_an_If_whose_branches_agree_are_pruned() => Pattern.Holds(
        $$"""
        g (float[N,3] x) => (float[N,4] y)
        <float[3,8] a = normal 0.3, float[8,6] b = normal 0.4, float[6,7] c = normal 0.4, float[7,4] e = normal 0.4, float zero = {0}>
        {
            {{Condition}}
            p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)
            u = If <then_branch = then () => (t1) { t1 = Sigmoid (r) }, else_branch = else () => (t2) { t2 = Tanh (r) }> (cond)
            v = MatMul (u, c)  l = Relu (v)  y = MatMul (l, e)
        }
        """,
        "8: a[1] b[0]",
        "6: b[1] c[0]",
        "7: c[1] e[0]");

    [Fact]
    public void Linear_layers_behind_an_If_of_unknown_shape_are_held() => Pattern.Holds(
        $$"""
        g (float[N,3] x) => (float y)
        <float[3,8] a = normal 0.3, float[8,6] b = normal 0.4, float[6,7] c = normal 0.4, float[7,4] e = normal 0.4, float zero = {0}, int64[1] first = {0}>
        {
            {{Condition}}
            p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)
            u = If <then_branch = then () => (t1) { t1 = Sigmoid (r) }, else_branch = else () => (t2) { t2 = Unsqueeze (r, first) }> (cond)
            v = MatMul (u, c)  l = Relu (v)  y = MatMul (l, e)
        }
        """,
        "8: a[1] b[0]");

    [Fact]
    public void A_loop_amid_convolutions_holds_what_it_carries_and_the_weights_it_reads() => Pattern.Holds(
        """
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[6,6,1,1] inner = normal 0.3, float[6,6,1,1] again = normal 0.3, float[7,6,1,1] c = normal 0.4, float[4,7,1,1] d = normal 0.4,
         int64 trips = {3}, bool true = {1}>
        {
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv (q, b)
            h = Loop <body = body (int64 i, bool go, float[N,6,6,6] state) => (bool stay, float[N,6,6,6] next) { stay = Identity (go)  o = Conv (state, inner)  next = Tanh (o) }> (trips, true, r)
            s = Conv (h, again)  t = Relu (s)  u = Conv (t, c)  v = Relu (u)  y = Conv (v, d)
        }
        """,
        "8: a[0] b[1]",
        "6: again[0] c[1]",
        "7: c[0] d[1]");

    [Fact]
    public void A_scan_holds_its_state_and_its_sequence() => Pattern.Holds(
        """
        g (float[5,2,3] x) => (float[5,2,4] y)
        <float[3,8] a = normal 0.5, float[8,6] b = normal 0.4, float[2,6] start = normal 0.5, float[6,7] c = normal 0.4, float[7,4] d = normal 0.4, float[5,2,6] all>
        {
            p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)
            last, all = Scan <num_scan_inputs = 1, body = body (float[2,6] state, float[2,6] in) => (float[2,6] next, float[2,6] out) { k = Add (state, in)  next = Tanh (k)  out = Identity (next) }> (start, r)
            s = MatMul (all, c)  t = Relu (s)  y = MatMul (t, d)
        }
        """,
        "8: a[1] b[0]",
        "7: c[1] d[0]");

    [Fact]
    public void Bodies_within_bodies_hold_what_the_innermost_reads() => Pattern.Holds(
        $$"""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[6,8,1,1] deep = normal 0.4, float[7,6,1,1] c = normal 0.4, float[4,7,1,1] d = normal 0.4, float zero = {0},
         int64 trips = {2}, bool true = {1}, float[N,6,6,6] u>
        {
            {{Condition}}
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)  r = Conv (q, b)
            u = If <
                then_branch = then () => (t1) {
                    t1 = Loop <body = body (int64 i, bool go, float[N,6,6,6] state) => (bool stay, float[N,6,6,6] next) {
                        stay = Identity (go)
                        next = If <then_branch = inner () => (n1) { k = Conv (q, deep)  n1 = Add (state, k) }, else_branch = other () => (n2) { n2 = Tanh (state) }> (cond)
                    }> (trips, true, r)
                },
                else_branch = else () => (t2) { t2 = Tanh (r) }> (cond)
            v = Conv (u, c)  l = Relu (v)  y = Conv (l, d)
        }
        """,
        "7: c[0] d[1]");

    [Fact]
    public void A_vector_that_a_branch_reads_is_cut_in_every_use() => Pattern.Holds(
        $$"""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[6,3,3,3] a = normal 0.3, float[6] bias = normal 0.3, float[6,6,1,1] b = normal 0.4, float[7,6,1,1] c = normal 0.4, float[4,7,1,1] d = normal 0.4, float zero = {0}, int64[3] column = {6, 1, 1}, float[N,6,6,6] u>
        {
            {{Condition}}
            p = Conv <pads = [1,1,1,1]> (x, a, bias)  q = Relu (p)  r = Conv (q, b, bias)
            u = If <then_branch = then () => (t1) { k = Reshape (bias, column)  t1 = Add (r, k) }, else_branch = else () => (t2) { t2 = Tanh (r) }> (cond)
            v = Conv (u, c)  l = Relu (v)  y = Conv (l, d)
        }
        """,
        "6: a[0] bias[0] b[1]",
        "6: b[0] bias[0] c[1]",
        "7: c[0] d[1]");

    [Fact]
    public void New_names_do_not_hide_behind_names_of_a_body()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
            g (float[N,3,6,6] x) => (float[N,4,6,6] y, float[N,6,6,6] z)
            <float[6,3,1,1] a = normal 0.3, float[6] bias = normal 0.3, float[6,3,1,1] b = normal 0.4, float[4,6,1,1] c = normal 0.4, float[6,6,1,1] d = normal 0.4, int64 trips = {2}, bool yes = {1}>
            {
                p = Conv (x, a, bias)  y = Conv (p, c)  q = Conv (x, b, bias)  r = Conv (q, d)
                z = Loop <body = body (int64 i, bool go, float[N,6,6,6] h) => (bool on, float[N,6,6,6] k) <float[6,1,1] a_2 = normal 0.3> {
                    on = Identity (go)  bias_2 = Sigmoid (h)  k = Add (bias_2, a_2)
                }> (trips, yes, r)
            }
            """)));
        var masks = Cut.Of(analysis, analysis.Groups.ToDictionary(g => g, g => KeptRanges.Parse(g.Id == "a[0]" ? "0-2" : "1,3-5", g.Size)));

        var pruned = Rewriter.Prune(masks);

        Assert.Equal(
            ["a", "b", "bias", "bias_3", "c", "d", "trips", "yes"], pruned.Proto.Graph.Initializer.Select(t => t.Name).Order(StringComparer.Ordinal));
        Pattern.CutsAreVerified(analysis);
    }
}
