using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>What pins a weight has a node and a reason, and counts with the layers that compute with the weight.</summary>
public class PinnedWeightTests
{
    // Repeated channels meet channels that are tiled, so that the factors of the one are the whole of the other.
    private const string RepeatAndTile = """
        g (float[N,3,8,8] x) => (float[N,10] y)
        <float[16,3,3,3] w1 = normal 0.3, int64[1] two = {2}, int64[5] expanded = {1, 16, 2, 1, 1}, int64[4] merged = {0, 32, 8, 8}, int64[4] twice = {1, 2, 1, 1},
         float[32,16,1,1] w2 = normal 0.3, float[24,32,1,1] w3 = normal 0.3, float[24,10] w4 = normal 0.3>
        {
            c = Conv <pads = [1,1,1,1]> (x, w1)  r = Relu (c)
            u = Unsqueeze (r, two)  e = Expand (u, expanded)  m = Reshape (e, merged)
            d = Conv (r, w2)  s = Add (m, d)  t = Tile (r, twice)  p = Mul (s, t)
            f = Conv (p, w3)  q = Relu (f)  a = GlobalAveragePool (q)  b = Flatten (a)  y = MatMul (b, w4)
        }
        """;

    public static TheoryData<string> Models =>
    [
        RepeatAndTile,
        "g (float[N,6] x) => (float[N,4] y) <float[6,8] a = normal 1, int64[2] twice = {1, 2}, int64[3] s = {0, 8, 2}, int64[2] m = {0, 16}, float[6,16] b = normal 1, float[16,4] c = normal 1> { h = MatMul (x, a) t = Tile (h, twice) i = MatMul (x, b) j = Add (t, i) r = Reshape (j, s) q = Transpose <perm = [0, 2, 1]> (r) p = Reshape (q, m) k = Add (p, t) y = MatMul (k, c) }",
        "g (float[N,4,6] x) => (float[N,4,6] y) <float[4,4,1] a = normal 1, int64 axis = {1}> { h = Conv (x, a) y = CumSum (h, axis) }",
        "g (float[N,1,9] x) => (float[N,1,7] y) <float[1,1,3] a = normal 1> { y = Conv (x, a) }",
        "g (float[N,6] x) => (float[N,6] y) <float[6,6] a = normal 1, int64[1] k = {6}> { h = MatMul (x, a) y, i = TopK (h, k) }",
        "g (float[N,6] x) => (float[N,8] y) <float[6,8] a = normal 1> { h = MatMul (x, a) i = custom.Unknown (h) y = Add (h, i) }",
        "g (float[N,3,8,8] x) => (float[N,3,16,16] y) <float[12,3,1,1] a = normal 1> { h = Conv (x, a) y = DepthToSpace <blocksize = 2> (h) }",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_pinned_axis_has_a_reason_and_every_pinned_weight_is_listed(string model)
    {
        var analysis = Analysis.Of(model);
        var trace = new PinTrace(analysis);
        var listed = Coverage.Of(analysis, _ => true).Pinned.SelectMany(p => p.Axes).Select(axis => axis[..axis.LastIndexOf('[')]).ToHashSet(StringComparer.Ordinal);
        foreach (var weight in GroupFinder.Weights(analysis.Layouts, analysis.Operators.Find))
        {
            var large = Enumerable.Range(0, weight.Initializer!.Dims.Count).Where(axis => weight.Initializer.Dims[axis] > 1).ToList();
            var pinned = large.FindAll(axis => analysis.Layouts.Unifier.Substitution.Leaves(analysis.Layouts.LayoutOf(weight)![axis]).Count == 0);
            Assert.All(pinned, axis => Assert.NotEmpty(trace.Reasons(weight, axis)));
            Assert.All(pinned.SelectMany(axis => trace.Reasons(weight, axis).Select(reason => (axis, reason))), p => Assert.NotEmpty(trace.Path(weight, p.axis, p.reason)));
            if (pinned.Count == large.Count) Assert.Contains(weight.Name, listed);
        }
    }

    [Fact]
    public void What_repeats_and_tiles_channels_is_the_reason()
    {
        var pinned = Coverage.Of(Analysis.Of(RepeatAndTile), _ => true).Pinned[0];

        Assert.Equal("Mul p", pinned.Reason.Node);
        Assert.Equal(["w1[0]", "w2[0]", "w2[1]", "w3[1]"], pinned.Axes);
    }

    [Theory]
    [InlineData("float[6,8] a = normal 1", "b = Identity (a)")]
    [InlineData("float16[6,8] a = normal 1", "b = Cast <to = 1> (a)")]
    [InlineData("int8[6,8] a = normal 40, float s = {0.1}, int8 z = {3}", "b = DequantizeLinear (a, s, z)")]
    [InlineData("int8[6,8] a = normal 40, float[8] s = uniform 0.1 0.2", "b = DequantizeLinear <axis = 1> (a, s)")]
    [InlineData("float16[8,6] a = normal 1, float s = {0.1}", "c = Transpose (a) d = Cast <to = 1> (c) b = Mul (d, s)")]
    [InlineData("float[6,8] a = normal 1, float[1,8] s = normal 1", "n = ReduceL2 <axes = [0]> (a) d = Div (a, n) b = Mul (d, s)")]
    [InlineData("float[48] a = normal 1, int64[2] s = {6, 8}", "b = Reshape (a, s)")]
    public void A_layer_counts_for_the_weight_behind_what_changes_its_elements(string weights, string nodes)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]> g (float[2,6] x) => (float[2,8] y) <{{weights}}> { {{nodes}} y = MatMul (x, b) }
            """);

        Assert.All(Coverage.Of(analysis, _ => true).Pinned, pinned => Assert.Equal(2 * 6 * 8, pinned.Macs));
        Assert.NotEmpty(Coverage.Of(analysis, _ => true).Pinned);
    }

    [Fact]
    public void A_layer_behind_a_sum_of_data_does_not_count_for_the_summand()
    {
        var analysis = Analysis.Of("""
            g (float[1,6] x) => (float[1,6] y) <float[1,6] b = normal 1, float[6,6] w = normal 1> { h = Add (x, b) y = MatMul (h, w) }
            """);

        Assert.Equal(36, new WeightLayers(analysis).Macs(analysis.Graph.Initializers.Where(v => v.Name == "w")));
        Assert.Equal(0, new WeightLayers(analysis).Macs(analysis.Graph.Initializers.Where(v => v.Name == "b")));
    }
}
