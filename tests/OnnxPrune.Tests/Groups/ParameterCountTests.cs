using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>What counts as a weight: a float initializer that flows into an output.</summary>
public class ParameterCountTests
{
    private static double Parameters(string body, string mask) => Analysis.Of($$"""
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,4] x) => (float[N,3] y)
        <float[4,6] w1 = normal 0.1, float[6,3] w2 = normal 0.1, float zero = {0}, {{mask}}>
        {
            h = MatMul(x, w1)
            {{body}}
            y = MatMul(m, w2)
        }
        """).Cost.Total(_ => null).Parameters;

    [Fact]
    public void A_mask_that_is_compared_only_decides() =>
        Assert.Equal(24 + 18 + 1, Parameters("c = Equal(t, zero) m = Where(c, zero, h)", "float[1,6] t = normal 1"));

    [Theory]
    [InlineData("0, -1e9, 0, 0, 0, 0", 24 + 18)]
    [InlineData("0, -65504, -65504, 0, 0, 0", 24 + 18)]
    [InlineData("0, 0, 0, 0, 0, 0", 24 + 18 + 6)]
    [InlineData("-1e9, -1e9, -1e9, -1e9, -1e9, -1e9", 24 + 18 + 6)]
    [InlineData("0, -1e9, 0, 0, 0, 1", 24 + 18 + 6)]
    public void A_mask_that_is_added_closes_or_does_nothing(string values, int parameters) =>
        Assert.Equal(parameters, Parameters("m = Add(h, t)", $"float[1,6] t = {{{values}}}"));

    [Fact]
    public void A_table_that_is_added_is_a_weight() => Assert.Equal(24 + 18 + 6, Parameters("m = Add(h, t)", "float[1,6] t = normal 1"));

    [Fact]
    public void A_tensor_that_nothing_uses_is_no_weight() =>
        Assert.Equal(24 + 18, Parameters("u = Add(h, t) m = Relu(h)", "float[1,6] t = normal 1"));
}
