using OnnxPrune.Diagnostics;
using OnnxPrune.Testing;

namespace OnnxPrune.Shapes;

/// <summary>If, Loop and Scan have the shapes of their bodies, so that what is behind them can be pruned.</summary>
public class BodyShapeTests
{
    [Theory]
    [InlineData("y = If <then_branch = t () => (a) { a = Relu (x) }, else_branch = e () => (b) { b = MatMul (x, square) }> (c)", "Float[5|3|7,4]")]
    [InlineData("y = If <then_branch = t () => (a) { a = MatMul (x, wide) }, else_branch = e () => (b) { b = Relu (x) }> (c)", "Float[5|3|7,?]")]
    [InlineData("y = If <then_branch = t () => (a) { a = ReduceMax <keepdims = 0> (x) }, else_branch = e () => (b) { b = Relu (x) }> (c)", "Float[…]")]
    [InlineData(
        "y = If <then_branch = t () => (a) { a = If <then_branch = tt () => (p) { p = Neg (x) }, else_branch = te () => (q) { q = Abs (x) }> (c) }, "
            + "else_branch = e () => (b) { b = Relu (x) }> (c)",
        "Float[5|3|7,4]")]
    [InlineData("y = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = MatMul (h, square) }> (trips, yes, x)", "Float[5|3|7,4]")]
    [InlineData("y = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = Concat <axis = 0> (h, x) }> (trips, yes, x)", "Float[?,4]")]
    [InlineData("f, y = Loop <body = b (i, g, h) => (go, k, s) { go = Identity (g) k = Tanh (h) s = MatMul (h, wide) }> (trips, yes, x)", "Float[6,5|3|7,9]")]
    [InlineData("f, y = Loop <body = b (i, g, h) => (go, k, s) { go = Identity (c) k = Tanh (h) s = MatMul (h, wide) }> (trips, yes, x)", "Float[?,5|3|7,9]")]
    [InlineData("f, y = Loop <body = b (i, g, h) => (go, k, s) { go = Identity (g) k = Tanh (h) s = MatMul (h, wide) }> (, yes, x)", "Float[?,5|3|7,9]")]
    [InlineData("y = Loop <body = b (i, g) => (go, s) { go = Identity (g) s = MatMul (x, wide) }> (rows, )", "Float[5|3|7,5|3|7,9]")]
    [InlineData("f, y = Scan <num_scan_inputs = 1, body = b (h, e) => (k, o) { k = Add (h, e) o = MatMul (k, wide) }> (zero, x)", "Float[5|3|7,9]")]
    [InlineData("y, o = Scan <num_scan_inputs = 1, body = b (h, e) => (k, o) { k = Add (h, e) o = MatMul (k, wide) }> (zero, x)", "Float[4]")]
    [InlineData("y = Scan <num_scan_inputs = 1, scan_input_axes = [1], scan_output_axes = [-1], body = b (e) => (o) { o = Neg (e) }> (x)", "Float[5|3|7,4]")]
    [InlineData("y = Scan <num_scan_inputs = 1, scan_input_axes = [-1], body = b (e) => (o) { o = Neg (e) }> (x)", "Float[4,5|3|7]")]
    public void The_shape_follows_from_the_body(string node, string expected)
    {
        var analysis = Of(node);

        Assert.Equal(expected, $"{analysis.Shapes[analysis.Graph.Outputs.Single()]}");
        Assert.All(analysis.Warnings, w => Assert.Equal(ErrorCodes.UnreadParameters, w.Code));
    }

    [Theory]
    [InlineData("p = If <then_branch = t () => (a) { a = Relu (x) }, else_branch = e () => (b) { b = MatMul (x, square) }> (c)")]
    [InlineData("p = If <then_branch = t () => (x) {}, else_branch = e () => (b) <float[4] o = {1, 2, 3, 4}> { b = Mul (x, o) }> (c)")]
    [InlineData("p = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = MatMul (h, square) }> (trips, yes, x)")]
    [InlineData("p = Loop <body = b (i, g, h) => (go, k) { go = Identity (g) k = Concat <axis = 0> (h, x) }> (trips, yes, x)")]
    [InlineData("f, p = Loop <body = b (i, g, h) => (go, k, s) { go = Identity (g) k = Tanh (h) s = Neg (h) }> (trips, yes, x)")]
    [InlineData("f, p = Scan <num_scan_inputs = 1, body = b (h, e) => (k, o) { k = Add (h, e) o = Tanh (k) }> (zero, x)")]
    public void Layers_behind_are_pruned(string node) => Assert.Contains(
        "a[1] exact",
        Of($"{node} h = MatMul (p, a) r = Relu (h) y = MatMul (r, b)").Groups.Select(g => $"{g.Id} {(g.IsExact ? "exact" : "")}"));

    [Fact]
    public void A_body_whose_shapes_do_not_match_is_named()
    {
        var analysis = Of("y = If <then_branch = t () => (p) { p = MatMul (x, b) }, else_branch = e () => (q) { q = Relu (x) }> (c)");

        Assert.Contains(analysis.Warnings, w => w.Message.Contains("MatMul", StringComparison.Ordinal));
    }

    private static ModelAnalysis Of(string nodes) => Analysis.Of($$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,4] x, bool c) => (y)
        <float[4,4] square = normal 1, float[4,9] wide = normal 1, float[4,8] a = normal 1, float[8,3] b = normal 1, float[4] zero = {0, 0, 0, 0},
         int64 trips = {6}, bool yes = {1}, int64 first = {0}>
        { size = Shape (x) rows = Gather (size, first) {{nodes}} }
        """);
}
