using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>A maximum over channels of numbers that are not negative loses channels exactly, and so does a minimum of the opposite numbers.</summary>
public class ExtremeOverChannelsTests
{
    [Theory]
    [InlineData("r = Relu (h) m = ReduceMax <axes = [1]> (r)")]
    [InlineData("r = Relu (h) n = Neg (r) m = ReduceMin <axes = [1]> (n)")]
    [InlineData("s = Mul (h, h) p = MaxPool <kernel_shape = [2,2]> (s) m = ReduceMax <axes = [1]> (p)")]
    [InlineData("s = Sigmoid (h) t = Mul (s, h) a = Abs (t) r = Sqrt (a) m = ReduceMax <axes = [1]> (r)")]
    [InlineData("r = Relu (h) t = Transpose <perm = [0,2,3,1]> (r) u = ReduceMax <axes = [3]> (t) m = Transpose <perm = [0,3,1,2]> (u)")]
    [InlineData("r = Max (h, zero) q = QuantizeLinear (r, scale, seven) d = DequantizeLinear (q, scale, seven) m = ReduceMax <axes = [1]> (d)")]
    public void Channels_leave_exactly(string nodes) => PrunedText.Verified(
        $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,3,8,8] x) => (float[N,4,a,b] y)
        <float[16,3,3,3] w = normal 0.3, float[16] b = normal 0.3, float[4,1,1,1] v = normal 0.5, float zero = {0}, float scale = {0.05}, uint8 seven = {7}>
        { h = Conv (x, w, b)  {{nodes}}  y = Conv (m, v) }
        """,
        "w[0] (16)");
}
