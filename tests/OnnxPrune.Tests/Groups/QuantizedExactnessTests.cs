using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>A removed channel of a quantised tensor is zero where it holds the zero point that its reader takes off, and nowhere else.</summary>
public class QuantizedExactnessTests
{
    private const string Exact = "a[1] (8) exact";
    private const string Approximate = "a[1] (8) approximate: ReduceSum";

    [Theory]
    [InlineData("q = QuantizeLinear (p, s, z)  r = DequantizeLinear (q, s, z)", Exact)]
    [InlineData("q = QuantizeLinear (p, s, z)  r = DequantizeLinear (q, s, same)", Exact)]
    [InlineData("q = QuantizeLinear (p, s, z)  r = DequantizeLinear (q, s, other)", Approximate)]
    [InlineData("q = QuantizeLinear (p, s, z)  r = DequantizeLinear (q, s)", Approximate)]
    [InlineData("q = QuantizeLinear (p, s)  r = DequantizeLinear (q, s)", Exact)]
    [InlineData("q = QuantizeLinear (p, s, z)  m = Reshape (q, shape)  r = DequantizeLinear (m, s, z)", Exact)]
    [InlineData("q = QuantizeLinear (p, s, z)  m = Cast <to = 1> (q)  r = Mul (m, s)", Approximate)]
    [InlineData("q = QuantizeLinear (p, s)  m = Cast <to = 1> (q)  r = Mul (m, s)", Exact)]
    [InlineData("q = QuantizeLinear (p, s, z)  m = Max (q, z)  r = DequantizeLinear (m, s, z)", Approximate)]
    [InlineData("q = QuantizeLinear (p, vs, vz)  r = DequantizeLinear (q, vs, vz)", Exact)]
    [InlineData("q = QuantizeLinear (p, vs, vz)  r = DequantizeLinear (q, vs, z)", Approximate)]
    [InlineData("e = Exp (p)  q = QuantizeLinear (e, s, z)  r = DequantizeLinear (q, s, z)", Approximate)]
    [InlineData("q, ds, dz = DynamicQuantizeLinear (p)  r = DequantizeLinear (q, ds, dz)", Exact)]
    [InlineData("q, ds, dz = DynamicQuantizeLinear (p)  r = DequantizeLinear (q, ds, z)", Approximate)]
    public void Zero_is_the_zero_point_of_the_reader(string nodes, string expected) => Assert.Equal(
        expected,
        Analysis.Groups($$"""
            g (float[N,6] x) => (float[N] y)
            <float[6,8] a = normal 0.5, int64[1] axes = {1}, float s = {0.1}, uint8 z = {7}, uint8 same = {7}, uint8 other = {8}, int64[2] shape = {0, 8},
             float[8] vs = uniform 0.1 0.2, uint8[8] vz = {1,2,3,4,5,6,7,8}>
            { p = MatMul (x, a)  {{nodes}}  y = ReduceSum <keepdims = 0> (r, axes) }
            """).Split('\n')[0]);

    [Theory]
    [InlineData("r = com.microsoft.QLinearAdd (q, s, z, q, s, z, s, other)", "other", Exact)]
    [InlineData("r = com.microsoft.QLinearAdd (q, s, z, q, s, other, s, z)", "z", Approximate)]
    [InlineData("r = com.microsoft.QLinearAdd (q, s, z, q, s, z, s)", "", Exact)]
    [InlineData("r = com.microsoft.QLinearAdd (q, s, z, c, s, z, s, z)", "z", Approximate)]
    [InlineData("r = com.microsoft.QLinearMul (q, s, z, q, s, other, s, other)", "other", Exact)]
    [InlineData("r = com.microsoft.QLinearMul (q, s, other, q, s, other, s, z)", "z", Approximate)]
    [InlineData("r = com.microsoft.QLinearMul (q, s, z, c, s, z, s, z)", "z", Exact)]
    [InlineData("r = com.microsoft.QLinearWhere (yes, q, s, z, q, s, z, s, other)", "other", Exact)]
    [InlineData("r = com.microsoft.QLinearWhere (yes, q, s, z, c, s, z, s, z)", "z", Approximate)]
    [InlineData("r = com.microsoft.QLinearLeakyRelu (q, s, z, s, other)", "other", Exact)]
    [InlineData("r = com.microsoft.QLinearLeakyRelu (q, s, other, s, z)", "z", Approximate)]
    [InlineData("r = com.microsoft.QLinearSigmoid (q, s, z, s, z)", "z", Approximate)]
    [InlineData("r = com.microsoft.QLinearConcat <axis = 0> (s, other, q, s, z, q, s, z)", "other", Exact)]
    [InlineData("r = com.microsoft.QLinearConcat <axis = 0> (s, z, q, s, z, q, s, other)", "z", Approximate)]
    public void Quantised_functions_map_zero_to_the_zero_point_of_their_result(string node, string zero, string expected) => Assert.Equal(
        expected,
        Analysis.Groups($$"""
            <ir_version: 8, opset_import: ["" : 17, "com.microsoft" : 1]> g (float[N,6] x) => (float[M] y)
            <float[6,8] a = normal 0.5, int64[1] axes = {1}, float s = {0.1}, uint8 z = {7}, uint8 other = {8}, uint8 c = {30}, bool yes = {1}>
            { p = MatMul (x, a)  q = QuantizeLinear (p, s, z)  {{node}}  d = DequantizeLinear (r, s{{(zero.Length > 0 ? ", " + zero : "")}})  y = ReduceSum <keepdims = 0> (d, axes) }
            """).Split('\n')[0]);

    [Theory]
    [InlineData("z", Exact)]
    [InlineData("other", Approximate)]
    public void Joined_tensors_agree_what_stands_for_zero(string second, string expected) => Assert.Equal(
        expected,
        Analysis.Groups($$"""
            g (float[N,6] x) => (float[N] y)
            <float[6,8] a = normal 0.5, float[6,8] c = normal 0.5, int64[1] axes = {1}, float s = {0.1}, uint8 z = {7}, uint8 other = {8}>
            {
              p = MatMul (x, a)  q = QuantizeLinear (p, s, z)  t = MatMul (x, c)  u = QuantizeLinear (t, s, {{second}})
              v = Concat <axis = 1> (q, u)  r = DequantizeLinear (v, s, z)  y = ReduceSum <keepdims = 0> (r, axes)
            }
            """).Split('\n')[0]);

    [Fact]
    public void Integers_that_no_quantised_operator_reads_are_never_zero() => Assert.Equal(
        "a[1] (8) approximate: ReduceSum",
        Analysis.Groups("""
            g (float[N,6] x) => (float[N] y)
            <float[6,8] a = normal 0.5, int64[1] axes = {1}, int64[8] i = {1,2,3,4,5,6,7,8}>
            { p = MatMul (x, a)  f = Cast <to = 1> (i)  r = Add (p, f)  y = ReduceSum <keepdims = 0> (r, axes) }
            """));

    [Fact]
    public void Quantised_weights_are_scored_by_what_they_stand_for()
    {
        var analysis = Analysis.Of("""
            g (float[N,2] x) => (float[N,1] y)
            <uint8[2,3] a = {10, 12, 9, 10, 12, 9}, float[3] s = {1, 0.5, 4}, uint8[3] z = {10, 10, 10}, float[3,1] b = {0, 0, 0}>
            { w = DequantizeLinear (a, s, z)  p = MatMul (x, w)  y = MatMul (p, b) }
            """);

        var scores = Importance.ImportanceScores.Compute(
            analysis, analysis.Groups, new Importance.SumOfMagnitudes(), Aggregation.Sum, ScoreNormalization.None, 0);

        Assert.Equal([0, 2, 8], scores.Single());
    }

    [Fact]
    public void Quantised_weights_count_with_their_bytes()
    {
        var cost = Analysis.Of("""
            g (float[N,2] x) => (float[N,8] y)
            <int8[2,8] a = normal 40, float s = {0.1}, int4[8,8] b = normal 3>
            { w = DequantizeLinear (a, s)  p = MatMul (x, w)  v = DequantizeLinear (b, s)  y = MatMul (p, v) }
            """).Cost.Total(_ => null);

        Assert.Equal(1 + (2 * 8) + (8 * 8), cost.Parameters);
        Assert.Equal(4 + (2 * 8) + (8 * 4), cost.Bytes);
    }
}
