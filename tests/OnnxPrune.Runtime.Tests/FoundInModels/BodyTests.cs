namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Layers before and behind If, Loop and Scan.</summary>
public class BodyTests
{
    [Theory]
    [InlineData("p = If <then_branch = t () => (s) { s = Relu (x) }, else_branch = e () => (q) { q = MatMul (x, square) }> (c)")]
    [InlineData("p = Loop <body = b (int64 i, bool g, float[N,4] h) => (bool go, float[N,4] k) { go = Identity (g) k = MatMul (h, square) }> (trips, yes, x)")]
    [InlineData("f, p = Scan <num_scan_inputs = 1, body = b (h, e) => (float[4] k, float[4] o) { k = Add (h, e) o = Tanh (k) }> (zero, x)")]
    public void Layers_behind_are_pruned(string node)
    {
        var analysis = ModelText.Verified($$"""
            g (float[N,4] x, bool c) => (float[N,3] y)
            <float[4,4] square = normal 0.5, float[4,8] a = normal 0.5, float[8,3] b = normal 0.5, float[4] zero = {0, 0, 0, 0}, int64 trips = {6}, bool yes = {1}>
            { {{node}} h1 = MatMul (p, a) r = Relu (h1) y = MatMul (r, b) }
            """);

        Assert.Equal(["a[1]"], analysis.Groups.Select(g => g.Id));
    }
}
