using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Testing;

namespace OnnxPrune.Normalization;

/// <summary>Arithmetic on constants is computed before the analysis, unless the file would grow by it.</summary>
public class ConstantFoldingTests
{
    private const string WeightNorm = "r = ReduceL2 <axes = [1,2,3]> (v)  s = Div (g, r)  w = Mul (v, s)";

    [Theory]
    [InlineData("a = Add (v, e)  w = Sqrt (a)", "float[8,3,1,1] v = uniform 0.5 1.5, float e = {0.001}", "Conv", "v[0] (8) exact")]
    [InlineData(WeightNorm, "float[8,3,1,1] v = normal 1, float[8,1,1,1] g = uniform 0.5 1.5", "Conv", "v[0] (8) exact")]
    [InlineData("r = ReduceSumSquare <axes = [1,2,3]> (v)  q = Pow (r, h)  w = Mul (v, q)", "float[8,3,1,1] v = normal 1, float h = {-0.5}", "Conv", "v[0] (8) exact")]
    [InlineData("m = ReduceMean <axes = [1,2,3]> (v)  d = Sub (v, m)  f = Mul (d, d)  c = ReduceMean <axes = [1,2,3]> (f)  q = Sqrt (c)  w = Div (d, q)", "float[8,3,1,1] v = normal 1", "Conv", "v[0] (8) exact")]
    [InlineData("p = Reshape (v, s)  u = MatMul (p, b)  t = Transpose (u)  k = MatMul (t, u)  q = Sqrt (k)  w = Div (v, q)", "float[8,3,1,1] v = normal 1, int64[2] s = {8, -1}, float[3,1] b = normal 1", "Conv", "v[0] (8) exact")]
    [InlineData("r = ReduceL2 <axes = [1,2,3]> (v)  c = Clip (r, e)  n = Shape (v)  x1 = Expand (c, n)  w = Div (v, x1)", "float[8,3,1,1] v = normal 1, float e = {0.001}", "Conv", "v[0] (8) exact")]
    [InlineData("t = Transpose <perm = [3,2,0,1]> (v)  w = Mul (t, g)", "float[1,1,3,8] v = normal 1, float[8,1,1,1] g = normal 1", "Conv", "w[0] (8) exact")]
    [InlineData("u = Unsqueeze <axes = [2,3]> (v)  n = Neg (u)  w = Exp (n)", "float[8,3] v = normal 1", "Conv", "w[0] (8) exact")]
    public void A_weight_is_computed(string nodes, string weights, string left, string group)
    {
        var analysis = Analysis.Of(Layer(nodes, weights));
        Assert.Equal(left, string.Join(' ', analysis.Graph.Nodes.SkipLast(1).Select(n => n.OpType)));
        Assert.Equal(group, string.Join('\n', analysis.Groups.Select(g => g.IsExact ? $"{g} exact" : $"{g}")));
        Assert.Empty(analysis.Warnings);
    }

    [Theory]
    [InlineData("w = DequantizeLinear (q, s)", "int8[8,3,1,1] q = normal 9, float s = {0.01}", "DequantizeLinear")]
    [InlineData("f = Cast <to = 1> (q)  w = Mul (f, s)", "int8[64,32,3,3] q = normal 9, float s = {0.01}", "Cast Mul")]
    [InlineData("f = Cast <to = 1> (q)  w = Mul (f, s)", "float16[64,32,3,3] q = normal 9, float s = {0.01}", "Cast Mul")]
    [InlineData("a = Add (s, s)  w = Expand (a, n)", "float s = {0.01}, int64[4] n = {64, 32, 3, 3}", "Add Expand")]
    [InlineData("w = Mul (a, b)", "float[64,1,3,1] a = normal 1, float[1,32,1,3] b = normal 1", "Mul")]
    [InlineData("w = Transpose <perm = [1,0,2,3]> (q)", "float[32,64,3,3] q = normal 1", "Transpose")]
    [InlineData("d = Div (one, zero)  w = Mul (q, d)", "float[64,32,3,3] q = normal 1, float one = {1}, float zero = {0}", "Div Mul")]
    public void A_file_does_not_grow(string nodes, string weights, string left)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,{{(left == "DequantizeLinear" ? 3 : 32)}},8,8] x) => (y) <{{weights}}>
            { {{nodes}}  y = Conv (x, w) }
            """);
        Assert.Equal(left, string.Join(' ', analysis.Graph.Nodes.SkipLast(1).Select(n => n.OpType)));
    }

    [Fact]
    public void A_tensor_that_others_read_stays_shared()
    {
        var analysis = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,64] x, float[N,64] z) => (y) <float[64,64] v = normal 1, float[64,1] g = normal 1>
            { r = ReduceL2 <axes = [1]> (v)  s = Div (g, r)  w = Mul (v, s)  a = MatMul (x, w)  b = MatMul (z, v)  y = Add (a, b) }
            """);
        Assert.Equal(["Mul", "MatMul", "MatMul", "Add"], analysis.Graph.Nodes.Select(n => n.OpType));
        Assert.Equal(["v", "g"], analysis.Graph.Initializers.Select(v => v.Name));
    }

    [Theory]
    [InlineData("f = Cast <to = 1> (hw)  r = Reciprocal (f)  s = Mul (r, two)", "int64[1] hw = {8}, float two = {2}")]
    [InlineData("a = Sqrt (two)  s = Reciprocal (a)", "float two = {2}")]
    public void Sizes_and_scales_are_left_to_the_analysis(string nodes, string constants)
    {
        var analysis = Analysis.Of($$"""
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,3] x) => (y) <{{constants}}> { {{nodes}}  y = Mul (x, s) }
            """);
        Assert.True(analysis.Graph.Nodes.Count > 2);
    }

    [Fact]
    public void A_default_value_is_no_constant()
    {
        var analysis = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,3] x, float[3,8] v = normal 1) => (y) <float[8] g = normal 1> { w = Mul (v, g)  y = MatMul (x, w) }
            """);
        Assert.Equal(["Mul", "MatMul"], analysis.Graph.Nodes.Select(n => n.OpType));
    }

    [Theory]
    [InlineData("y = Add (a, b)", "float[3] a = {1, 2, 3}, float[3] b = {0.1, 0.2, 0.3}", "1.1 2.2 3.3")]
    [InlineData("y = Sub (a, b)", "float[2,1] a = {1, 2}, float[3] b = {1, 2, 3}", "0 -1 -2 1 0 -1")]
    [InlineData("y = Div (a, b)", "float16[2] a = {1.0, 2.0}, float16[2] b = {3.0, 3.0}", "0.333251953125 0.66650390625")]
    [InlineData("y = Mul (a, b)", "bfloat16[2] a = {1.0078125, 2.0}, bfloat16[1] b = {1.0078125}", "1.015625 2.015625")]
    [InlineData("y = Pow (a, b)", "double[2] a = {2, 9}, double b = {-0.5}", "0.7071067811865476 0.3333333333333333")]
    [InlineData("y = Max (a, b)", "float[2] a = {1, 5}, float[1] b = {3}", "3 5")]
    [InlineData("y = Reciprocal (a)", "float[2] a = {4, 3}", "0.25 0.33333334")]
    [InlineData("y = ReduceSum <keepdims = 0> (a, b)", "float[2,3] a = {1, 2, 3, 4, 5, 6}, int64[1] b = {0}", "5 7 9")]
    [InlineData("y = ReduceL1 <axes = [1]> (a)", "float[2,3] a = {1, -2, 3, 4, -5, 6}", "6 15")]
    [InlineData("y = ReduceMax <axes = [-1], keepdims = 0> (a)", "float[2,3] a = {1, 9, 3, 4, 5, 6}", "9 6")]
    [InlineData("y = MatMul (a, b)", "float[2,2] a = {1, 2, 3, 4}, float[2] b = {5, 6}", "17 39")]
    [InlineData("t = Transpose (a)  y = Neg (t)", "float[2,3] a = {1, 2, 3, 4, 5, 6}", "-1 -4 -2 -5 -3 -6")]
    [InlineData("t = Slice (a, b, c, d, e)  y = Neg (t)", "float[2,4] a = {1, 2, 3, 4, 5, 6, 7, 8}, int64[1] b = {1}, int64[1] c = {9223372036854775807}, int64[1] d = {-1}, int64[1] e = {2}", "-2 -4 -6 -8")]
    [InlineData("t = Concat <axis = 1> (a, b)  y = Neg (t)", "float[2,1] a = {1, 2}, float[2,2] b = {3, 4, 5, 6}", "-1 -3 -4 -2 -5 -6")]
    [InlineData("t = Gather <axis = 1> (a, b)  y = Neg (t)", "float[2,3] a = {1, 2, 3, 4, 5, 6}, int64[2] b = {-1, 0}", "-3 -1 -6 -4")]
    [InlineData("s, t = Split <axis = 1> (a)  y = Sub (s, t)", "float[2,2] a = {1, 2, 3, 5}", "-1 -2")]
    [InlineData("s = Squeeze (a, b)  y = Exp (s)", "float[1,2] a = {0, 1}, int64[1] b = {0}", "1 2.7182817")]
    [InlineData("t = Expand (a, b)  y = Neg (t)", "float[2,1] a = {1, 2}, int64[2] b = {1, 2}", "-1 -1 -2 -2")]
    [InlineData("t = Cast <to = 10> (a)  y = Abs (t)", "float[2] a = {-0.1, 1}", "0.0999755859375 1")]
    public void Results_are_rounded_as_runtimes_round_them(string nodes, string weights, string expected)
    {
        var model = OnnxText.Parse($$"""
            <ir_version: 8, opset_import: ["" : 13]> g (float x) => (z) <{{weights}}> { {{nodes}}  wide = Cast <to = 11> (y)  k = Cast <to = 11> (x)  z = Add (k, wide) }
            """);
        var folded = Normalizer.Normalize(model);
        var result = folded.Graph.Initializer.Single(t => folded.Graph.Node.Single(n => n.OpType == "Add").Input[1] == t.Name || folded.Graph.Node.Any(n => n.Input[0] == t.Name && n.OpType == "Cast"));
        var numbers = Tensors.Doubles(result);
        Assert.Equal(expected.Split(' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture)), numbers, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private static string Layer(string nodes, string weights) => $$"""
        <ir_version: 8, opset_import: ["" : 12]> g (float[N,3,8,8] x) => (float[N,2,8,8] y)
        <{{weights}}, float[2,8,1,1] last = normal 1>
        { {{nodes}}  hidden = Conv (x, w)  y = Conv (hidden, last) }
        """;
}
