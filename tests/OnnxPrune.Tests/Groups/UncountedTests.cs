using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>The total of MACs is a lower bound where something is not counted in full, and the nodes are named.</summary>
public class UncountedTests
{
    [Theory]
    [InlineData("y = MatMul (x, w)", "")]
    [InlineData("h = MatMul (x, w) y = Relu (h)", "")]
    [InlineData("h = custom.Mystery (x) y = MatMul (h, w)", "Mystery h: no rule counts its operator; MatMul y: its shapes are unknown")]
    [InlineData("h = custom.Mystery (x) y = Relu (h)", "Mystery h: no rule counts its operator")]
    [InlineData("p = Compress <axis = 0> (x, c) y = MatMul (p, w)", "MatMul y: an unknown size counts as 1")]
    [InlineData("p = Compress <axis = 0> (x, c) y = Relu (p)", "")]
    [InlineData(
        "y = Loop <body = b (i, g, h) => (go, k) { go = Identity (one) k = MatMul (h, w) }> (, yes, x)",
        "Loop y: an unknown number of iterations counts as 1")]
    [InlineData("y = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = MatMul (h, w) }> (trips, yes, x)", "")]
    [InlineData("y = Loop <body = b (i, g, h) => (go, k) { go = Identity (one) k = Relu (h) }> (, yes, x)", "")]
    [InlineData(
        "y = If <then_branch = t () => (a) { a = custom.Mystery (x) }, else_branch = e () => (b) { b = Relu (x) }> (one)",
        "If y/Mystery a: no rule counts its operator")]
    public void Nodes_that_are_not_counted_in_full_are_named(string nodes, string expected)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17, "custom" : 1]> g (float[2,4] x, bool[2] c, bool one) => (y)
            <float[4,4] w = normal 1, int64 trips = {6}, bool yes = {1}> { {{nodes}} }
            """);

        Assert.Equal(expected, string.Join("; ", analysis.Uncounted.Select(u => $"{u.Node}: {u.Why}")));
    }
}
