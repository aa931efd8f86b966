using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.Quantized;

/// <summary>Quantised weights and activations.</summary>
public class QuantizedTests
{
    [Theory]
    [InlineData("uint8", "int8", 0, 120)]
    [InlineData("uint8", "uint8", 130, 120)]
    [InlineData("int8", "int8", 0, 7)]
    public void Linear_convolutions_with_groups_residuals_and_concat(string activation, string weight, int weightZero, int zero)
    {
        string x = $"float xs = {{0.05}}, {activation} xz = {{{zero}}}, float ws = {{0.02}}, {weight} wz = {{{weightZero}}}, float ys = {{0.08}}, {activation} yz = {{{zero - 5}}}";
        PrunedText.Verified(
            $$"""
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,4,6,6] x) => (float[N,3,6,6] y)
            <{{x}}, {{weight}}[8,4,1,1] a = normal 40 {{weightZero}}, int32[8] ab = normal 1000, {{weight}}[8,2,3,3] b = normal 20 {{weightZero}}, int32[8] bb = normal 1000,
             {{weight}}[8,1,3,3] c = normal 30 {{weightZero}}, {{weight}}[3,16,1,1] d = normal 30 {{weightZero}}, float[8] cs = uniform 0.01 0.03, {{weight}}[8] cz = normal 0 {{weightZero}}>
            {
              q = QuantizeLinear (x, xs, xz)
              p = QLinearConv (q, xs, xz, a, ws, wz, ys, yz, ab)
              r = QLinearConv <group = 4, pads = [1,1,1,1]> (p, ys, yz, b, ws, wz, ys, yz, bb)
              f = DequantizeLinear (p, ys, yz)  g = DequantizeLinear (r, ys, yz)  h = Add (f, g)  i = Relu (h)  j = QuantizeLinear (i, ys, yz)
              k = QLinearConv <group = 8, pads = [1,1,1,1]> (j, ys, yz, c, cs, cz, ys, yz)
              l = Concat <axis = 1> (j, k)
              m = MaxPool <kernel_shape = [3,3], pads = [1,1,1,1]> (l)
              n = QLinearConv (m, ys, yz, d, ws, wz, ys, yz)
              y = DequantizeLinear (n, ys, yz)
            }
            """,
            "a[0]#0 (4), a[0]#1 (2)");
    }

    [Fact]
    public void Linear_matrix_products()
    {
        PrunedText.Verified(
            """
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,12] x) => (float[N,5] y)
            <float xs = {0.05}, uint8 xz = {120}, int8[12,16] a = normal 40, float[16] as = uniform 0.01 0.02, int8[16] az = {0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0},
             float ps = {0.1}, uint8 pz = {111}, int8[16,5] b = normal 40, float bs = {0.01}, int8 bz = {0}, float ys = {0.2}, uint8 yz = {128}>
            { q = QuantizeLinear (x, xs, xz)  p = QLinearMatMul (q, xs, xz, a, as, az, ps, pz)  r = QLinearMatMul (p, ps, pz, b, bs, bz, ys, yz)  y = DequantizeLinear (r, ys, yz) }
            """,
            "a[1] (16)");
    }

    [Fact]
    public void Dynamic_quantisation_between_integer_layers()
    {
        PrunedText.Verified(
            """
            <ir_version: 8, opset_import: ["" : 13]> g (float[N,12] x) => (float[N,5] y)
            <uint8[12,16] a = normal 40 128, float as = {0.01}, uint8 az = {128}, uint8[16,5] b = normal 40 120, float bs = {0.01}, uint8 bz = {121}>
            {
              q, qs, qz = DynamicQuantizeLinear (x)  p = MatMulInteger (q, a, qz, az)  s = Mul (qs, as)  f = Cast <to = 1> (p)  g = Mul (f, s)  h = Relu (g)
              r, rs, rz = DynamicQuantizeLinear (h)  t = MatMulInteger (r, b, rz, bz)  u = Mul (rs, bs)  v = Cast <to = 1> (t)  y = Mul (v, u)
            }
            """,
            "a[1] (16)");
    }

    [Fact]
    public void Blocks_of_four_bits()
    {
        var result = PrunedText.Verified(
            """
            <ir_version: 10, opset_import: ["" : 21]> g (float[N,6] x) => (float[N,5] y)
            <float[6,64] a = normal 0.5, uint4[64,5] b = normal 3 8, float[4,5] s = uniform 0.05 0.2, uint4[4,5] z = uniform 6 9>
            { p = MatMul (x, a)  w = DequantizeLinear <axis = 0, block_size = 16> (b, s, z)  y = MatMul (p, w) }
            """,
            "a[1] (4)");

        Assert.Equal("32,5", result.Dims("b"));
        Assert.Equal("2,5", result.Dims("z"));
    }

    [Theory]
    [InlineData("int4", "normal 3", "int4 z = {1}")]
    [InlineData("uint4", "normal 3 8", "uint4 z = {8}")]
    [InlineData("int16", "normal 3000", "int16 z = {-5}")]
    [InlineData("uint16", "normal 3000 30000", "uint16 z = {30010}")]
    [InlineData("float8e4m3fn", "normal 2", "float8e4m3fn z = {0}")]
    [InlineData("float8e5m2", "normal 2", "float8e5m2 z = {0}")]
    [InlineData("int32", "normal 3000", "int32 z = {0}")]
    public void Weights_of_every_quantised_type(string type, string values, string zero)
    {
        var result = PrunedText.Verified(
            $$"""
            <ir_version: 10, opset_import: ["" : 21]> g (float[N,7] x) => (float[N,5] y)
            <{{type}}[7,9] a = {{values}}, float s = {0.1}, {{zero}}, float[9,5] b = normal 0.5>
            { w = DequantizeLinear (a, s, z)  p = MatMul (x, w)  y = MatMul (p, b) }
            """,
            "a[1] (9)");

        Assert.Equal("7,5", result.Dims("a"));
    }

    [Theory]
    [InlineData("int8", 64, 128, 1)]
    [InlineData("int8", 128, 64, 1)]
    [InlineData("uint8", 64, 128, 1)]
    [InlineData("int8", 64, 128, 0)]
    [InlineData("int8", 32, 256, 1)]
    public void Weights_that_are_dequantised_before_a_product_are_multiplied_as_the_graph_says(string type, int inputs, int hidden, int axis)
    {
        var (first, second) = axis == 1 ? (hidden, 8) : (inputs, hidden);
        FoundInModels.ModelText.Verified(
            $$"""
            g (float[1,8,{{inputs}}] x) => (float[1,8,8] y)
            <{{type}}[{{inputs}},{{hidden}}] a = normal 40, float[{{first}}] as = uniform 0.001 0.003, {{type}}[{{hidden}},8] b = normal 40,
             float[{{second}}] bs = uniform 0.001 0.003>
            {
                w = DequantizeLinear <axis = {{axis}}> (a, as)  h = MatMul (x, w)  r = Relu (h)
                v = DequantizeLinear <axis = {{axis}}> (b, bs)  y = MatMul (r, v)
            }
            """);
    }
}
