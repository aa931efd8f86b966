namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Outputs that a cut does not change, because what comes before them saturates: the check reads what enters.</summary>
public class SaturatedOutputTests
{
    [Theory]
    [InlineData("y = Sigmoid (s)")]
    [InlineData("y = Tanh (s)")]
    [InlineData("y = Softmax <axis = 1> (s)")]
    [InlineData("y = HardSigmoid (s)")]
    [InlineData("y = Clip (s, low, high)")]
    [InlineData("n = Abs (s)  o = Neg (n)  y = Relu (o)")]
    [InlineData("t = Sigmoid (s)  u = Mul (t, scale)  i = Cast <to = 7> (u)  y = Cast <to = 1> (i)")]
    public void What_enters_is_compared(string head)
    {
        var analysis = ModelText.Verified(
            $$"""
            g (float[N,12] x) => (float[N,4] y)
            <float[12,16] a = normal 0.4, float[16,4] b = normal 0.4, float[4] big = {100000, -200000, 300000, -400000}, float low = {-1}, float high = {1},
             float scale = {255}>
            { h = MatMul (x, a)  r = Relu (h)  m = MatMul (r, b)  s = Add (m, big)  {{head}} }
            """);
        Assert.NotEmpty(analysis.Groups);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(6)]
    [InlineData(2)]
    public void A_cast_to_integers_rounds_as_a_selection_does(int type) => ModelText.Verified(
        $$"""
        g (float[N,3,8,8] x) => (float[N,1,8,8] y)
        <float[32,3,3,3] a = normal 0.3, float[1,32,1,1] b = normal 0.3, float scale = {255}>
        {
            h = Conv <pads = [1, 1, 1, 1]> (x, a)  r = Relu (h)  m = Conv (r, b)  s = Sigmoid (m)
            u = Mul (s, scale)  i = Cast <to = {{type}}> (u)  y = Cast <to = 1> (i)
        }
        """);
}
