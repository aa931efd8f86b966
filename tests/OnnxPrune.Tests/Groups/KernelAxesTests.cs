using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>A copy of a kernel that no layer reads loses channels with the kernel, and no positions.</summary>
public class KernelAxesTests
{
    // A modulated convolution: the copy only gives the factor by which the result is normalised.
    private static string Modulated(string weights, string norm) => Analysis.Groups($$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,3,8,8] x, float[N,5] z) => (float[N,4,a,b] y)
        <float[6,3,1,1] first = normal 0.3, float[5,6] style = normal 0.3, float[8,6,3,3] k = normal 0.3, float[4,8,1,1] last = normal 0.3,
         {{weights}}, int64[3] axes = {2, 3, 4}, int64[5] s = {0, 1, 6, 1, 1}, int64[5] t = {0, 1, 1, 6, 1}, int64[4] c = {0, 6, 1, 1}, int64[4] o = {0, 8, 1, 1}, float two = {2}>
        {
            m = MatMul (z, style)  h = Conv (x, first)  mc = Reshape (m, c)  g = Mul (h, mc)  v = Conv <pads = [1,1,1,1]> (g, k)
            {{norm}}
            r = Sqrt (n)  q = Reshape (r, o)  d = Mul (v, q)  y = Conv (d, last)
        }
        """);

    [Theory]
    [InlineData("float[1,8,6,3,3] w = normal 0.3", "ms = Reshape (m, s) p = Mul (w, ms) e = Pow (p, two) n = ReduceSum <keepdims = 0> (e, axes)")]
    [InlineData("float[1,8,6,3,3] w = normal 0.3", "ms = Reshape (m, s) p = Mul (w, ms) n = ReduceSumSquare <axes = [2, 3, 4], keepdims = 0> (p)")]
    [InlineData("float[1,8,6,3,3] w = normal 0.3", "ms = Reshape (m, s) p = Mul (w, ms) n = ReduceL2 <axes = [2, 3, 4], keepdims = 0> (p)")]
    [InlineData("float[1,8,3,6,3] w = normal 0.3", "ms = Reshape (m, t) p = Mul (w, ms) e = Pow (p, two) n = ReduceSum <keepdims = 0> (e, axes)")]
    [InlineData("float[1,8,6,3,3] w = normal 0.3, float[1,1,1,3,3] gain = normal 1", "ms = Reshape (m, s) i = Mul (w, gain) p = Mul (i, ms) e = Pow (p, two) n = ReduceSum <keepdims = 0> (e, axes)")]
    [InlineData("float16[1,8,6,3,3] w = normal 0.3", "ms = Reshape (m, s) f = Cast <to = 1> (w) p = Mul (f, ms) e = Mul (p, p) n = ReduceSum <keepdims = 0> (e, axes)")]
    public void Positions_in_a_kernel_are_no_group(string weights, string norm)
    {
        string[] groups = Modulated(weights, norm).Split('\n');

        Assert.Equal(["(6) exact", "(8) exact"], groups.Select(line => line[line.IndexOf('(', StringComparison.Ordinal)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Embeddings_of_a_factorisation_lose_features_although_no_layer_reads_them() => Assert.Equal(
        "table[1] (8) exact",
        Analysis.Groups("""
            <ir_version: 8, opset_import: ["" : 17]> g (int64[N] i, int64[N] j) => (float[N] y) <float[9,8] table = normal 1, float[9,8] other = normal 1, int64[1] axes = {1}>
            { a = Gather (table, i) b = Gather (other, j) c = Mul (a, b) y = ReduceSum <keepdims = 0> (c, axes) }
            """));

    [Fact]
    public void The_reason_names_the_node_that_reads_the_kernel()
    {
        var analysis = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 17]> g (float[N,5] x) => (float[N,4] y)
            <float[5,6] a = normal 1, float[5,8] b = normal 1, float[8,6,3] w = normal 1, int64[3] s = {0, 1, 6}, int64[4] t = {0, 1, 6, 1}, int64[2] axes = {2, 3}, float[8,4] c = normal 1>
            { g = MatMul (x, a) h = MatMul (x, b) r = Reshape (g, t) p = Mul (r, w) n = ReduceSumSquare <axes = [2, 3], keepdims = 0> (p) q = Mul (n, h) y = MatMul (q, c) }
            """);

        var pinned = Coverage.Of(analysis, _ => true).Pinned.Single(p => p.Axes.Contains("w[2]"));
        Assert.Equal("Mul p: a position in a kernel is no channel", pinned.Reason.ToString());
    }
}
