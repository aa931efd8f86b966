using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Patterns;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.SubGraphs;

/// <summary>Branches of an If are pruned like what is around them, and stay branches.</summary>
public class OpenBranchTests
{
    private const string Condition = "total = ReduceSum <keepdims = 0> (x)  cond = Greater (total, zero)";

    [Fact]
    public void An_embedding_that_both_branches_read_is_pruned() => Pattern.Holds(
        """
        g (int64[N,L] ids, bool flag) => (float[N,L,15] y)
        <float[15,8] embed = normal 1, float[8,12] a = normal 0.4, float[12,8] b = normal 0.4>
        {
            h = Gather (embed, ids)  p = MatMul (h, a)  q = Relu (p)  r = MatMul (q, b)  s = Add (h, r)
            y = If <
                then_branch = then () => (t) <float half = {0.5}> { e = Transpose <perm = [1,0]> (embed)  m = Mul (s, half)  t = MatMul (m, e) },
                else_branch = else () => (t) <float two = {2}> { e = Transpose <perm = [1,0]> (embed)  m = Mul (s, two)  t = MatMul (m, e) }> (flag)
        }
        """,
        "8: embed[1] a[0] b[1]",
        "12: a[1] b[0]");

    [Fact]
    public void Weights_of_a_branch_are_pruned_where_the_other_branch_computes_no_product() => Pattern.Holds(
        $$"""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[4,8,1,1] d = normal 0.4, float zero = {0}>
        {
            {{Condition}}
            p = Conv <pads = [1,1,1,1]> (x, a)
            u = If <then_branch = then () => (t) <float[6,8,1,1] v = normal 0.4, float[8,6,1,1] w = normal 0.4> { h = Conv (p, v)  k = Relu (h)  t = Conv (k, w) },
                else_branch = else () => (e) { e = Relu (p) }> (cond)
            y = Conv (u, d)
        }
        """,
        "8: a[0] u/then/v[1] u/then/w[0] d[1]",
        "6: u/then/v[0] u/then/w[1]");

    [Fact]
    public void A_branch_may_give_what_it_reads() => Pattern.Holds(
        $$"""
        g (float[N,3] x) => (float[N,4] y)
        <float[3,8] a = normal 0.3, float[8,4] b = normal 0.4, float zero = {0}>
        {
            {{Condition}}
            p = MatMul (x, a)
            u = If <then_branch = then () => (t) { t = Identity (p) }, else_branch = else () => (e) { e = Tanh (p) }> (cond)
            y = MatMul (u, b)
        }
        """,
        "8: a[1] b[0]");

    [Fact]
    public void A_branch_gives_several_values_that_are_pruned_apart() => Pattern.Holds(
        $$"""
        g (float[N,3] x) => (float[N,4] y)
        <float[3,8] a = normal 0.3, float[3,6] b = normal 0.3, float[8,4] c = normal 0.4, float[6,4] d = normal 0.4, float zero = {0}>
        {
            {{Condition}}
            p = MatMul (x, a)  q = MatMul (x, b)
            u, v = If <then_branch = then () => (s, t) { s = Relu (p)  t = Tanh (q) }, else_branch = else () => (e, f) { e = Neg (p)  f = Sigmoid (q) }> (cond)
            k = MatMul (u, c)  l = MatMul (v, d)  y = Add (k, l)
        }
        """,
        "8: a[1] c[0]",
        "6: b[1] d[0]");

    [Fact]
    public void Sizes_inside_branches_are_rewritten() => Pattern.Holds(
        $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,T,3] x) => (float[N,T,4] y)
        <float[3,12] a = normal 0.3, float[12,4] b = normal 0.4, float zero = {0}, int64[4] apart = {0, 0, 3, 4}, int64[3] together = {0, 0, 12}, int64[1] head = {2}>
        {
            {{Condition}}
            p = MatMul (x, a)
            u = If <
                then_branch = then () => (t) { h = Reshape (p, apart)  k = ReduceMax <axes = [1], keepdims = 1> (h)  l = Sub (h, k)  m = Relu (l)  t = Reshape (m, together) },
                else_branch = else () => (e) { e = Tanh (p) }> (cond)
            y = MatMul (u, b)
        }
        """,
        "3: a[1] b[0]",
        "4: a[1] b[0]");

    [Fact]
    public void Branches_inside_branches_are_pruned() => Pattern.Holds(
        $$"""
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[4,6,1,1] c = normal 0.4, float zero = {0}, float one = {1}>
        {
            {{Condition}}  more = Greater (total, one)
            p = Conv <pads = [1,1,1,1]> (x, a)  q = Relu (p)
            u = If <
                then_branch = then () => (t) {
                    h = Conv (q, b)
                    t = If <then_branch = inner () => (n) { n = Sigmoid (h) }, else_branch = other () => (m) <float[6,1,1] s = uniform 0.5 1.5> { k = Relu (h)  m = Mul (k, s) }> (more)
                },
                else_branch = else () => (e) { k = Conv (q, b)  e = Tanh (k) }> (cond)
            y = Conv (u, c)
        }
        """,
        "8: a[0] b[1]",
        "6: b[0] u/then/t/else/s[0] c[1]");

    [Fact]
    public void Channels_that_a_branch_mixes_are_compared_over_the_kept_ones()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse($$"""
            <ir_version: 8, opset_import: ["" : 17]> g (float[N,5,3] x) => (float[N,5,4] y)
            <float[3,8] a = normal 0.5, float[8] s = uniform 0.5 1.5, float[8] b = normal 0.5, float[8,4] c = normal 0.4, float zero = {0}>
            {
                {{Condition}}
                p = MatMul (x, a)
                u = If <then_branch = then () => (t) { t = LayerNormalization (p, s, b) }, else_branch = else () => (e) { e = Relu (p) }> (cond)
                y = MatMul (u, c)
            }
            """)));
        var group = Assert.Single(analysis.Groups);
        Assert.False(group.IsExact);

        var cut = Cut.Of(analysis, [KeyValuePair.Create(group, KeptRanges.Parse("0-2,5", 8))]);
        var report = Verifier.Verify(Rewriter.Prune(cut), cut, ExecutionProvider.Cpu);

        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
    }

    // After a cut, either branch could be the more costly one.
    [Fact]
    public void Branches_with_different_layers_stay_closed() => Pattern.Holds(
        $$"""
        g (float[N,3] x) => (float[N,4] y)
        <float[3,8] a = normal 0.3, float[8,6] b = normal 0.4, float[6,4] c = normal 0.4, float zero = {0}>
        {
            {{Condition}}
            p = MatMul (x, a)  r = MatMul (p, b)
            u = If <then_branch = then () => (t) <float[6,7] v = normal 0.4, float[7,6] w = normal 0.4> { h = MatMul (r, v)  t = MatMul (h, w) },
                else_branch = else () => (e) <float[6,5] v = normal 0.4, float[5,6] w = normal 0.4> { h = MatMul (r, v)  e = MatMul (h, w) }> (cond)
            y = MatMul (u, c)
        }
        """,
        "8: a[1] b[0]");

    [Fact]
    public void The_pruned_model_still_runs_one_branch()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse($$"""
            g (float[N,3] x) => (float[N,4] y)
            <float[3,8] a = normal 0.3, float[8,4] b = normal 0.4, float zero = {0}>
            {
                {{Condition}}
                p = MatMul (x, a)
                u = If <else_branch = else () => (e) { e = Tanh (p) }, then_branch = then () => (t) <float[8] s = normal 1> { k = Relu (p)  t = Mul (k, s) }> (cond)
                y = MatMul (u, b)
            }
            """)));

        var pruned = Rewriter.Prune(Cut.Of(analysis, [KeyValuePair.Create(analysis.Groups[0], KeptRanges.Parse("1-3", 8))])).Proto.Graph;

        Assert.Equal(["ReduceSum", "Greater", "MatMul", "If", "MatMul"], pruned.Node.Select(n => n.OpType));
        Assert.Equal(["else_branch", "then_branch"], pruned.Node[3].Attribute.Select(a => a.Name));
        Assert.Equal(3, pruned.Node[3].Attribute[1].G.Initializer.Single().Dims.Single());
        Assert.Equal(["a", "b", "zero"], pruned.Initializer.Select(t => t.Name).Order());
    }
}
