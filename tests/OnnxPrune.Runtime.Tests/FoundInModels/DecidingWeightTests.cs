using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Networks whose outputs are decisions: masks of scores are verified by the scores.</summary>
public class DecidingWeightTests
{
    [Theory]
    [InlineData("m = Greater(s, half)  y = Cast<to = 1>(m)")]
    [InlineData("m = Greater(s, half)  c = Cast<to = 6>(m)  y = Mul(c, bytes)")]
    [InlineData("m = Less(s, half)  y = Where(m, half, s)")]
    public void A_mask_of_a_score(string nodes) => PrunedText.Verified(
        $$"""
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,3,8,8] x) => (float y)
        <float[6,3,3,3] w1 = normal 0.3, float[1,6,1,1] w2 = normal 0.5, float half = {0.5}, int32 bytes = {255}>
        { h = Conv<pads = [1,1,1,1]>(x, w1)  r = Relu(h)  s = Conv(r, w2)  {{nodes}} }
        """.Replace("(float y)", nodes.Contains("bytes", StringComparison.Ordinal) ? "(int32[N,1,8,8] y)" : "(float[N,1,8,8] y)", StringComparison.Ordinal),
        "w1[0] (6)");
}
