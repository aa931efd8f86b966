using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>Weights that decide through a comparison are weights, like those before TopK; masks that constants and shapes make hold none.</summary>
public class DecidingWeightTests
{
    private const string Scores = "float[6,3,3,3] w1 = normal 0.1, float[1,6,1,1] w2 = normal 0.1, float half = {0.5}";

    [Theory]
    [InlineData("m = Greater(s, half)  y = Cast<to = 1>(m)", "")]
    [InlineData("m = Greater(s, half)  y = Cast<to = 2>(m)", "")]
    [InlineData("m = Less(s, half)  n = Not(m)  y = Cast<to = 7>(n)", "")]
    [InlineData("m = GreaterOrEqual(s, half)  c = Cast<to = 2>(m)  y = Mul(c, bytes)", "uint8 bytes = {255}")]
    [InlineData("m = Greater(s, half)  y = Where(m, half, s)", "")]
    [InlineData("m = Greater(s, half)  zero = Sub(half, half)  y = Where(m, half, zero)", "")]
    [InlineData("m = Greater(s, half)  n = And(m, open)  y = Cast<to = 1>(n)", "bool[8,8] open = {1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1}")]
    [InlineData("m = Greater(s, half)  y = NonZero(m)", "")]
    [InlineData("m = Greater(s, half)  y = Identity(m)", "")]
    [InlineData("c = Cast<to = 9>(s)  y = Cast<to = 1>(c)", "")]
    [InlineData("i = IsNaN(s)  y = Cast<to = 1>(i)", "")]
    public void The_weights_of_a_score_that_is_compared(string nodes, string more)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[N,3,8,8] x) => (float y)
            <{{Scores}}{{(more.Length > 0 ? ", " : "")}}{{more}}>
            { h = Conv<pads = [1,1,1,1]>(x, w1)  r = Relu(h)  s = Conv(r, w2)  {{nodes}} }
            """);
        Assert.Equal(["w1[0] (6)"], analysis.Groups.Select(g => g.ToString()));
        Assert.True(analysis.Groups[0].IsExact);
        Assert.InRange(analysis.Cost.Total(_ => null).Parameters, 162 + 6, 162 + 6 + 2);
    }

    [Theory]
    [InlineData("Greater(h, t)", "float[6,1,1] t = normal 1", "w1[0] w2[1] t[0]")]
    [InlineData("Less(t, h)", "float[6,1,1] t = normal 1", "w1[0] w2[1] t[0]")]
    [InlineData("LessOrEqual(h, t)", "float[1,6,1,1] t = normal 1", "w1[0] w2[1] t[1]")]
    [InlineData("Equal(h, t)", "float[6,8,8] t = normal 1", "w1[0] w2[1] t[0]")]
    [InlineData("Greater(t, half)", "float[6,1,1] t = normal 1", "w1[0] w2[1]")]
    public void A_threshold_per_channel_is_a_slice_of_its_group(string comparison, string threshold, string slices)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[N,3,8,8] x) => (float[N,2,8,8] y)
            <float[6,3,3,3] w1 = normal 0.1, float[2,6,1,1] w2 = normal 0.1, float half = {0.5}, {{threshold}}>
            { h = Conv<pads = [1,1,1,1]>(x, w1)  m = {{comparison}}  r = Where(m, h, half)  y = Conv(r, w2) }
            """);
        Assert.Equal(slices.Split(' ').Order(), analysis.Groups.Single(g => g.Size == 6).Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]").Order());
    }

    [Theory]
    [InlineData("c = Equal(t, zero)")]
    [InlineData("b = Cast<to = 9>(t)  c = Not(b)")]
    [InlineData("n = Shape(x)  l = Gather(n, one)  k = Unsqueeze(l, first)  b = Slice(t, first, k, one1)  c = Greater(b, zero)")]
    [InlineData("n = Shape(x)  l = Gather(n, one)  p = Cast<to = 1>(l)  c = Less(t, p)")]
    public void A_mask_of_constants_and_shapes_holds_no_weights(string mask)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[N,6,4] x) => (float[N,6,2] y)
            <float[4,6] w1 = normal 0.1, float[6,2] w2 = normal 0.1, float[6,6] t = normal 1, float zero = {0}, int64 one = {1}, int64[1] one1 = {1}, int64[1] first = {0}>
            { h = MatMul(x, w1)  {{mask}}  m = Where(c, zero, h)  y = MatMul(m, w2) }
            """);
        Assert.InRange(analysis.Cost.Total(_ => null).Parameters, 24 + 12, 24 + 12 + 1);
    }
}
