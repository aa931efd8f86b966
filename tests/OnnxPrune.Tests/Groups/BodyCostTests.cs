using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>Bodies of If, Loop and Scan count: as often as they run, and every weight once.</summary>
public class BodyCostTests
{
    [Theory]
    [InlineData("y = If <then_branch = t () => (a) { a = MatMul (x, w) }, else_branch = e () => (b) { b = Relu (x) }> (c)", 2 * 16, 16)]
    [InlineData("y = If <then_branch = t () => (a) { p = MatMul (x, w) a = MatMul (p, w) }, else_branch = e () => (b) { b = MatMul (x, v) }> (c)", 2 * 32, 32)]
    [InlineData("p = MatMul (x, w) y = If <then_branch = t () => (a) { a = MatMul (p, w) }, else_branch = e () => (b) { b = Relu (x) }> (c)", 2 * 32, 16)]
    [InlineData("y = If <then_branch = t () => (a) <float[4,4] i = normal 1> { a = MatMul (x, i) }, else_branch = e () => (b) { b = Relu (x) }> (c)", 2 * 16, 16)]
    [InlineData("y = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = MatMul (h, w) }> (trips, yes, x)", 6 * 2 * 16, 16)]
    [InlineData("y = Loop <body = b (i, g, h) => (go, k) { go = Identity (c) k = MatMul (h, w) }> (trips, yes, x)", 2 * 16, 16)]
    [InlineData("f, y = Scan <num_scan_inputs = 1, body = b (h, e) => (k, o) { k = MatMul (e, w) o = MatMul (k, v) }> (zero, x)", 2 * 32, 32 + 4)]
    [InlineData(
        "y = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = If <then_branch = t () => (a) { a = MatMul (h, w) }, "
            + "else_branch = e () => (r) { r = Relu (h) }> (c) }> (trips, yes, x)",
        6 * 2 * 16,
        16)]
    public void Bodies_count(string nodes, double macs, double parameters)
    {
        var cost = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]> g (float[2,4] x, bool c) => (y)
            <float[4,4] w = normal 1, float[4,4] v = normal 1, float[4] zero = {0, 0, 0, 0}, int64 trips = {6}, bool yes = {1}> { {{nodes}} }
            """).Cost.Total(_ => null);

        Assert.Equal((macs, parameters), (cost.Macs, cost.Parameters));
    }
}
