namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>
/// Weights that must keep their sign or their order: the random twin of the model computes numbers, and verification has power. They are default values
/// of inputs, so that their functions stay in the graph.
/// </summary>
public class ConstrainedWeightTests
{
    [Theory]
    [InlineData("f = Sqrt (w)")]
    [InlineData("f = Log (w)")]
    [InlineData("f = Pow (w, half)")]
    [InlineData("r = Sqrt (w)  f = Reciprocal (r)")]
    [InlineData("l = Log (w)  n = Neg (l)  f = Sqrt (n)")]
    [InlineData("f = Div (one, w)")]
    public void A_function_of_a_positive_weight(string function) => ModelText.Verified(
        $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,12] x, float[32,6] w = uniform 0.1 0.9) => (float[N,4] y)
        <float[12,32] a = normal 0.4, float[6,4] b = normal 0.4, float half = {0.5}, float one = {1}>
        { h = MatMul (x, a)  r0 = Relu (h)  {{function}}  m = MatMul (r0, f)  r1 = Relu (m)  y = MatMul (r1, b) }
        """);

    [Fact]
    public void The_variance_of_every_position() => ModelText.Verified(
        """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,3,4,4] x, float[8,4,4] variance = uniform 0.5 1.5) => (float[N,2,4,4] y)
        <float[8,3,1,1] a = normal 0.4, float[2,8,1,1] b = normal 0.4, float[8,4,4] mean = normal 0.3>
        { h = Conv (x, a)  c = Sub (h, mean)  d = Sqrt (variance)  n = Div (c, d)  r = Relu (n)  y = Conv (r, b) }
        """);
}
