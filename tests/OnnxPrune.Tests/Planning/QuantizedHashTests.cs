using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Planning;

/// <summary>Another checkpoint of a quantised network has other weights and the same structure.</summary>
public class QuantizedHashTests
{
    [Theory]
    [InlineData("int8[2,8] a = normal 40", "int8[2,8] a = normal 20")]
    [InlineData("int32[8] b = normal 1000", "int32[8] b = normal 900")]
    [InlineData("uint8 z = {120}", "uint8 z = {121}")]
    public void Quantised_numbers_are_weights(string one, string other)
    {
        var (first, second) = (Model(one, one), Model(one, other));

        Assert.Equal(ModelHash.Structure(first), ModelHash.Structure(second));
        Assert.NotEqual(ModelHash.Weights(first), ModelHash.Weights(second));
    }

    [Fact]
    public void Sizes_are_structure()
    {
        var (first, second) = (Model("int64[2] s = {0, 8}", "int64[2] s = {0, 8}"), Model("int64[2] s = {0, 8}", "int64[2] s = {-1, 8}"));

        Assert.NotEqual(ModelHash.Structure(first), ModelHash.Structure(second));
        Assert.Equal(ModelHash.Weights(first), ModelHash.Weights(second));
    }

    private static ModelProto Model(string original, string changed) => Normalization.Normalizer.Normalize(OnnxText.Parse(
        """
        g (float[N,2] x) => (float[N,8] y)
        <int8[2,8] a = normal 40, int32[8] b = normal 1000, uint8 z = {120}, float f = {0.1}, int64[2] s = {0, 8}>
        {
          w = DequantizeLinear (a, f)  c = DequantizeLinear (b, f)  q = QuantizeLinear (x, f, z)  d = DequantizeLinear (q, f, z)
          p = MatMul (d, w)  r = Reshape (p, s)  y = Add (r, c)
        }
        """.Replace(original, changed, StringComparison.Ordinal)));
}
