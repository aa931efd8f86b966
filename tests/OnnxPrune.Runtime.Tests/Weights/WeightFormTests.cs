using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.Weights;

/// <summary>A weight is a weight in whatever form it stands in the file.</summary>
public class WeightFormTests
{
    [Theory]
    [InlineData("b = Identity (w)", "float[8,3,1,1] w = normal 0.5", "w[0]", "4,3,1,1")]
    [InlineData("b = Transpose <perm = [3,2,0,1]> (w)", "float[1,1,3,8] w = normal 0.5", "w[3]", "1,1,3,4")]
    [InlineData("b = Cast <to = 1> (w)", "float16[8,3,1,1] w = normal 0.5", "w[0]", "4,3,1,1")]
    [InlineData("b = Cast <to = 1> (w)", "double[8,3,1,1] w = normal 0.5", "w[0]", "4,3,1,1")]
    [InlineData("b = Reshape (w, s)", "float[8,3] w = normal 0.5, int64[4] s = {8,3,1,1}", "w[0]", "4,3")]
    [InlineData("b = Reshape (w, s)", "float[24] w = normal 0.5, int64[4] s = {8,3,1,1}", "w[0]", "12")]
    [InlineData("b = Reshape (w, s)", "float[8,3] w = normal 0.5, int64[4] s = {-1,3,1,1}", "w[0]", "4,3")]
    [InlineData("b = Unsqueeze (w, s)", "float[8,3] w = normal 0.5, int64[2] s = {2,3}", "w[0]", "4,3")]
    [InlineData("b = Squeeze (w, s)", "float[1,8,3,1,1] w = normal 0.5, int64[1] s = {0}", "w[1]", "1,4,3,1,1")]
    [InlineData("b = DequantizeLinear <axis = 0> (w, s, z)", "int8[8,3,1,1] w = normal 50, float[8] s = uniform 0.01 0.02, int8[8] z = normal 3", "w[0]", "4,3,1,1")]
    [InlineData("b = Mul (w, s)", "float[8,3,1,1] w = normal 0.5, float[8,1,1,1] s = uniform 0.5 1.5", "w[0]", "4,3,1,1")]
    [InlineData("a = Cast <to = 1> (w)  t = Transpose <perm = [1,0]> (a)  u = Identity (t)  b = Unsqueeze (u, s)", "float16[3,8] w = normal 0.5, int64[2] s = {2,3}", "w[1]", "3,4")]
    [InlineData("a = DequantizeLinear (w, s, z)  t = Transpose <perm = [1,0]> (a)  b = Reshape (t, r)", "uint8[3,8] w = normal 50 120, float s = {0.01}, uint8 z = {119}, int64[4] r = {8,3,1,1}", "w[1]", "3,4")]
    [InlineData("t = Transpose <perm = [1,0]> (w)  a = Reshape (t, r)  b = DequantizeLinear (a, s, z)", "uint8[3,8] w = normal 50 120, float s = {0.01}, uint8 z = {119}, int64[4] r = {8,3,1,1}", "w[1]", "3,4")]
    public void Behind_other_operators(string nodes, string initializers, string group, string dims)
    {
        var result = PrunedText.Verified(
            $$"""
            <ir_version: 10, opset_import: ["" : 21]> g (float[N,3,5,5] x) => (float[N,2,5,5] y)
            <{{initializers}}, float[2,8,1,1] v = normal 0.5>
            { {{nodes}}  p = Conv (x, b)  q = Relu (p)  y = Conv (q, v) }
            """,
            $"{group} (8)");

        Assert.Equal(dims, result.Dims("w"));
        Assert.Equal("2,4,1,1", result.Dims("v"));
    }

    [Fact]
    public void In_Constant_nodes()
    {
        var result = PrunedText.Verified(
            """
            g (float[N,2] x) => (float[N,2] y)
            {
              w = Constant <value = float[2,4] {1, -2, 3, 0.5, 2, 1, -1, 4}> ()
              b = Constant <value_floats = [1.0, -1.0, 0.5, 2.0]> ()
              v = Constant <value = float[4,2] {1, 2, -3, 4, 5, -6, 7, 8}> ()
              p = MatMul (x, w)  q = Add (p, b)  y = MatMul (q, v)
            }
            """,
            "w[1] (4)");

        Assert.Equal("2,2", result.Dims("w"));
    }

    [Fact]
    public void In_local_functions()
    {
        var result = PrunedText.Verified(
            """
            <ir_version: 10, opset_import: ["" : 21, "local" : 1]> g (float[N,2] x) => (float[N,2] y)
            <float[4,2] v = normal 0.5>
            { p = local.Layer (x)  q = local.Layer (x)  r = Add (p, q)  y = MatMul (r, v) }
            <domain: "local", opset_import: ["" : 21]> Layer (a) => (b)
            { w = Constant <value = float[2,4] {1, -2, 3, 0.5, 2, 1, -1, 4}> ()  m = MatMul (a, w)  b = Relu (m) }
            """,
            "p/Layer1/w[1] (4)");

        Assert.Equal("2,2", result.Dims("v"));
    }

    [Fact]
    public void A_matrix_that_two_nodes_share_is_pruned_once_and_couples_them()
    {
        var result = PrunedText.Verified(
            """
            g (float[N,6] x, float[N,6] z) => (float[N,2] y)
            <float[6,8] w = normal 0.5, float[8,8] u = normal 0.5, float[8,2] v = normal 0.5>
            { p = MatMul (x, w)  q = MatMul (z, w)  r = Tanh (p)  s = MatMul (q, u)  t = Add (r, s)  y = MatMul (t, v) }
            """,
            "w[1] (8)");

        Assert.Equal("6,4", result.Dims("w"));
        Assert.Equal("4,4", result.Dims("u"));
        Assert.Single(result.Pruned.Proto.Graph.Initializer, t => t.Name.StartsWith('w'));
    }

    [Fact]
    public void A_vector_that_two_layers_share_is_cut_for_each_of_them()
    {
        var result = PrunedText.Verified(
            """
            g (float[N,6] x) => (float[N,2] y)
            <float[6,8] w = normal 0.5, float[8,8] u = normal 0.5, float[8,2] v = normal 0.5, float[8] b = normal 0.5>
            { p = MatMul (x, w)  q = Add (p, b)  r = Relu (q)  s = MatMul (r, u)  t = Add (s, b)  y = MatMul (t, v) }
            """,
            "w[1] (8), u[1] (8)");

        Assert.Equal("4", result.Dims("b"));
    }

    [Fact]
    public void An_initializer_that_is_a_graph_input_before_IR_version_4_is_an_input_no_more()
    {
        var result = PrunedText.Verified(
            """
            <ir_version: 3, opset_import: ["" : 7]> g (float[N,3,5,5] x, float[8,3,1,1] w = normal 0.5, float[2,8,1,1] v = normal 0.5) => (float[N,2,5,5] y)
            { p = Conv (x, w)  q = Relu (p)  y = Conv (q, v) }
            """,
            "w[0] (8)");

        Assert.Equal(["x"], result.Pruned.Proto.Graph.Input.Select(i => i.Name));
        Assert.Equal("4,3,1,1", result.Dims("w"));
    }

    [Fact]
    public void In_a_graph_whose_images_have_channels_last()
    {
        var result = PrunedText.Verified(
            """
            g (float[N,6,6,3] x) => (float[N,6,6,2] y)
            <float[3,3,3,8] w = normal 0.3, float[1,1,1,8] b = normal 0.3, float[1,1,8,2] v = normal 0.5>
            {
              wt = Transpose <perm = [3,2,0,1]> (w)  vt = Transpose <perm = [3,2,0,1]> (v)
              xt = Transpose <perm = [0,3,1,2]> (x)  p = Conv <pads = [1,1,1,1]> (xt, wt)  pt = Transpose <perm = [0,2,3,1]> (p)
              q = Add (pt, b)  r = Relu (q)  rt = Transpose <perm = [0,3,1,2]> (r)  s = Conv (rt, vt)  y = Transpose <perm = [0,2,3,1]> (s)
            }
            """,
            "w[3] (8)");

        Assert.Equal("3,3,3,4", result.Dims("w"));
        Assert.Equal("1,1,4,2", result.Dims("v"));
    }

    [Fact]
    public void In_the_forms_of_opset_7()
    {
        PrunedText.Verified(
            """
            <ir_version: 3, opset_import: ["" : 7]> g (float[2,3,6,6] x) => (float[2,2] y)
            <float[8,3,3,3] w = normal 0.3, float[8] s = uniform 0.5 1.5, float[8] b = normal 0.3, float[8] m = normal 0.3, float[8] v = uniform 0.5 1.5,
             float[72,6] f = normal 0.1, float[6] g = normal 0.3, float[6,2] h = normal 0.5>
            {
              p = Conv <pads = [1,1,1,1], kernel_shape = [3,3]> (x, w)  q = BatchNormalization <epsilon = 0.001> (p, s, b, m, v)
              r = Clip <min = 0.0, max = 6.0> (q)  t = MaxPool <kernel_shape = [2,2], strides = [2,2]> (r)
              u = Unsqueeze <axes = [0]> (t)  k = Squeeze <axes = [0]> (u)  d = Dropout <ratio = 0.5> (k)
              a = Slice <axes = [2], starts = [0], ends = [9]> (d)  e = Pad <pads = [0,0,0,0,0,0,0,0]> (a)
              l = Flatten (e)  n = Gemm (l, f, g)  o = Relu (n)  y = MatMul (o, h)
            }
            """,
            "w[0] (8), f[1] (6)");
    }
}
