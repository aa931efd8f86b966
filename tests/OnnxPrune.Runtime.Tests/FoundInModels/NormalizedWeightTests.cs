using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>
/// Weight norm, spectral norm and frozen normalizations that an exporter left in the graph are exact, folded or not: a norm of one channel does not
/// concern the others.
/// </summary>
public class NormalizedWeightTests
{
    private const string WeightNorm = "r = ReduceL2 <axes = [1,2,3]> (v)  s = Div (v, r)  w = Mul (s, g)  p = Conv (x, w)";
    private const string Frozen = "p0 = Conv (x, v)  e = Add (variance, eps)  d = Sqrt (e)  c = Sub (p0, mean)  p = Div (c, d)";

    [Theory]
    [InlineData(WeightNorm, "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("f = Reshape (v, two)  t = MatMul (left, f)  u = MatMul (t, right)  w = Div (v, u)  p = Conv (x, w)", "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("f = Reshape (v, two)  q = ReduceSumSquare <axes = [1], keepdims = 1> (f)  h = Pow (q, minus)  k = Mul (f, h)  w = Reshape (k, four)  p = Conv (x, w)", "float[8,3,3,3] v = normal 1", "w[0] (8)")]
    [InlineData(Frozen, "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    public void Folded(string nodes, string weight, string group) => PrunedText.Verified(Model(nodes, weight, ""), group);

    [Theory]
    [InlineData(WeightNorm, "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("r = ReduceL2 <axes = [1,2,3]> (v)  s = Div (g, r)  w = Mul (s, v)  p = Conv (x, w)", "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("f = Reshape (v, two)  n = LpNormalization <axis = 1, p = 2> (f)  w = Reshape (n, four)  p = Conv (x, w)", "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("q = Conv (x, v)  r = ReduceL2 <axes = [2,3]> (q)  p = Div (q, r)", "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("q = Conv (x, v)  r = ReduceL1 <axes = [2,3]> (q)  s = Sqrt (r)  p = Div (q, s)", "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    [InlineData("q = Conv (x, v)  m = Abs (q)  r = ReduceMax <axes = [2,3]> (m)  p = Div (q, r)", "float[8,3,3,3] v = normal 1", "v[0] (8)")]
    public void In_the_graph(string nodes, string input, string group) => PrunedText.Verified(Model(nodes, "", input), group);

    private static string Model(string nodes, string weight, string input) => $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,3,6,6] x{{(input.Length > 0 ? ", " : "")}}{{input}}) => (float[N,2,4,4] y)
        <{{weight}}{{(weight.Length > 0 ? ", " : "")}}float[8,1,1,1] g = uniform 0.5 1.5, float[2,8,1,1] last = normal 1, float[1,8] left = uniform 0.5 1, float[27,1] right = uniform 0.5 1,
         float minus = {-0.5}, float eps = {0.001}, float[8,1,1] mean = normal 1, float[8,1,1] variance = uniform 0.5 1.5, int64[2] two = {8, 27}, int64[4] four = {8, 3, 3, 3}>
        { {{nodes}}  z = Relu (p)  y = Conv (z, last) }
        """;
}
