using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.Weights;

/// <summary>Models that compute in other floating-point types than float32, where the processor runs them and where it does not.</summary>
public class PrecisionTests
{
    [Theory]
    [InlineData("float16", "model")]
    [InlineData("bfloat16", "float32")]
    [InlineData("double", "float32")]
    public void Convolutions(string type, string precision) => Verified(type, precision,
        """
        g (TYPE[N,3,6,6] x) => (TYPE[N,2,6,6] y)
        <TYPE[8,3,3,3] a = normal 0.3, TYPE[8] ab = normal 0.3, TYPE[8] s = uniform 0.5 1.5, TYPE[8] b = normal 0.3, TYPE[8] m = normal 0.3, TYPE[8] v = uniform 0.5 1.5, TYPE[2,8,1,1] c = normal 0.5>
        { p = Conv <pads = [1,1,1,1]> (x, a, ab)  q = BatchNormalization (p, s, b, m, v)  r = Relu (q)  y = Conv (r, c) }
        """,
        "a[0] (8)");

    [Theory]
    [InlineData("float16", "model")]
    [InlineData("bfloat16", "float32")]
    [InlineData("double", "model")]
    public void Matrix_products(string type, string precision) => Verified(type, precision,
        """
        g (TYPE[N,6] x) => (TYPE[N,3] y)
        <TYPE[6,8] a = normal 0.5, TYPE[8] b = normal 0.3, TYPE[8,3] c = normal 0.5>
        { p = MatMul (x, a)  q = Add (p, b)  r = Tanh (q)  y = MatMul (r, c) }
        """,
        "a[1] (8)");

    [Theory]
    [InlineData("float16")]
    [InlineData("bfloat16")]
    [InlineData("double")]
    public void Weights_that_are_cast_where_they_are_used(string type) => Verified(type, type == "float16" ? "model" : "model",
        """
        g (float[N,3,6,6] x) => (float[N,2,6,6] y)
        <TYPE[8,3,1,1] a = normal 0.5, TYPE[8] b = normal 0.3, TYPE[2,8,1,1] c = normal 0.5>
        { af = Cast <to = 1> (a)  bf = Cast <to = 1> (b)  cf = Cast <to = 1> (c)  p = Conv (x, af, bf)  q = Relu (p)  y = Conv (q, cf) }
        """,
        "a[0] (8)");

    [Theory]
    [InlineData("float16", 10)]
    [InlineData("bfloat16", 16)]
    [InlineData("double", 11)]
    public void Layers_between_casts(string type, int to) => Verified(type, type == "float16" ? "model" : "float32",
        $$"""
        g (float[N,3,6,6] x) => (float[N,2,6,6] y)
        <TYPE[8,3,1,1] a = normal 0.5, TYPE[2,8,1,1] c = normal 0.5, TYPE half = {0.5}>
        { xt = Cast <to = {{to}}> (x)  p = Conv (xt, a)  q = Mul (p, half)  r = Conv (q, c)  y = Cast <to = 1> (r) }
        """,
        "a[0] (8)");

    private static void Verified(string type, string precision, string model, string groups) =>
        Assert.Equal(precision, PrunedText.Verified(model.Replace("TYPE", type, StringComparison.Ordinal), groups).Report.Precision);
}
