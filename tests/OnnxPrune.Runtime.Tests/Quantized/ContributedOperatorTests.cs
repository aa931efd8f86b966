using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.Quantized;

/// <summary>Networks as the quantisers of ONNX Runtime write them: activations stay integers between layers.</summary>
public class ContributedOperatorTests
{
    private const string Header = "<ir_version: 8, opset_import: [\"\" : 17, \"com.microsoft\" : 1, \"ai.onnx.ml\" : 1]> ";

    [Fact]
    public void Concatenated_branches_are_pooled() => PrunedText.Verified(
        Header + """
        g (float[N,3,8,8] x) => (float[N,4,4,4] y)
        <float s = {0.05}, uint8 z = {120}, float t = {0.03}, uint8 o = {100}, int8[8,3,3,3] a = normal 40, int8[6,3,1,1] b = normal 40, float w = {0.01}, int8 zero = {0}, int32[8] ab = normal 500,
         int8[4,14,1,1] c = normal 40>
        {
            q = QuantizeLinear (x, s, z)
            p = QLinearConv <pads = [1,1,1,1]> (q, s, z, a, w, zero, s, z, ab)  l = com.microsoft.QLinearLeakyRelu <alpha = 0.1> (p, s, z, t, o)
            r = QLinearConv (q, s, z, b, w, zero, s, z)
            j = com.microsoft.QLinearConcat <axis = 1> (s, z, l, t, o, r, s, z)
            m = com.microsoft.QLinearAveragePool <kernel_shape = [2,2], strides = [2,2]> (j, s, z, t, o)
            f = QLinearConv (m, t, o, c, w, zero, s, z)  y = DequantizeLinear (f, s, z)
        }
        """,
        "a[0] (8), b[0] (6)");

    [Fact]
    public void A_residual_block_with_squeeze_and_excitation() => PrunedText.Verified(
        Header + """
        g (float[N,3,6,6] x) => (float[N,4,1,1] y)
        <float s = {0.05}, uint8 z = {128}, float t = {0.004}, uint8 nil = {0}, int8[8,3,1,1] a = normal 40, int8[8,8,3,3] b = normal 20, int8[4,8,1,1] down = normal 40, int8[8,4,1,1] up = normal 40,
         int8[4,8,1,1] c = normal 40, float w = {0.01}, int8 zero = {0}>
        {
            q = QuantizeLinear (x, s, z)  p = QLinearConv (q, s, z, a, w, zero, s, z)
            r = QLinearConv <pads = [1,1,1,1]> (p, s, z, b, w, zero, s, z)
            g1 = com.microsoft.QLinearGlobalAveragePool (r, s, z, s, z)  d = QLinearConv (g1, s, z, down, w, zero, s, z)
            e = com.microsoft.QLinearLeakyRelu <alpha = 0.0> (d, s, z, s, z)  u = QLinearConv (e, s, z, up, w, zero, s, z)
            h = com.microsoft.QLinearSigmoid (u, s, z, t, nil)  k = com.microsoft.QLinearMul (r, s, z, h, t, nil, s, z)
            v = com.microsoft.QLinearAdd (p, s, z, k, s, z, s, z)
            o = com.microsoft.QLinearGlobalAveragePool (v, s, z, s, z)  f = QLinearConv (o, s, z, c, w, zero, s, z)  y = DequantizeLinear (f, s, z)
        }
        """,
        "a[0] (8), down[0] (4)");

    [Theory]
    [InlineData("float as = {0.01}", "int8 az = {0}", ", az, bias")]
    [InlineData("float[16] as = uniform 0.01 0.02", "int8[16] az = uniform 0 0", ", az, bias")]
    [InlineData("float as = {0.01}", "int8 az = {4}", ", az")]
    [InlineData("float as = {0.01}", "int8 az = {0}", "")]
    public void Layers_quantise_what_they_read(string scale, string zero, string more) => PrunedText.Verified(
        Header + $$"""
        g (float[N,5,12] x) => (float[N,5,4] y)
        <int8[12,16] a = normal 40, {{scale}}, {{zero}}, float[16] bias = normal 0.3, int8[16,8] b = normal 40, float bs = {0.01}, int8 bz = {0}, float[8] c = normal 0.3, float[8,4] d = normal 0.5>
        {
            p = com.microsoft.DynamicQuantizeMatMul (x, a, as{{more}})  q = Relu (p)
            r = com.microsoft.DynamicQuantizeMatMul (q, b, bs, bz, c)  s = Relu (r)  y = MatMul (s, d)
        }
        """,
        "a[1] (16), b[1] (8)");

    [Fact]
    public void A_layer_that_quantises_what_is_not_zero_is_approximate()
    {
        var analysis = FoundInModels.ModelText.Analyse(Header + """
            g (float[N,12] x) => (float[N,4] y) <float[12,16] a = normal 0.3, int8[16,4] b = normal 40, float bs = {0.01}, int8 bz = {0}>
            { p = MatMul (x, a)  q = Sigmoid (p)  y = com.microsoft.DynamicQuantizeMatMul (q, b, bs, bz) }
            """);

        Assert.Equal("its scale is that of the whole tensor", analysis.Groups.Single().ApproximateBecause!.Why);
    }

    [Fact]
    public void Integer_products_with_scales_follow_a_dynamic_quantisation() => PrunedText.Verified(
        Header + """
        g (float[N,12] x) => (float[N,4] y)
        <uint8[12,16] a = normal 40 128, float[16] as = uniform 0.01 0.02, uint8[16] az = uniform 128 128, float[16] ab = normal 0.3, uint8[16,4] b = normal 40 120, float bs = {0.01}, uint8 bz = {121}>
        {
            q, qs, qz = DynamicQuantizeLinear (x)  p = com.microsoft.MatMulIntegerToFloat (q, a, qs, as, qz, az, ab)  h = Relu (p)
            r, rs, rz = DynamicQuantizeLinear (h)  y = com.microsoft.MatMulIntegerToFloat (r, b, rs, bs, rz, bz)
        }
        """,
        "a[1] (16)");

    [Theory]
    [InlineData("forward", 1, "float[1] s = {0.01}, int8[1] z = {0}")]
    [InlineData("reverse", 1, "float[1,32] s = uniform 0.01 0.02, int8[1,32] z = uniform 0 0")]
    [InlineData("bidirectional", 2, "float[2] s = {0.01, 0.02}, int8[2] z = {0, 0}")]
    [InlineData("bidirectional", 2, "float[2,32] s = uniform 0.01 0.02, int8[2,32] z = uniform 0 0")]
    public void A_quantised_recurrent_network_loses_inputs_and_hidden_units(string direction, int directions, string scales) => PrunedText.Verified(
        Header + $$"""
        g (float[T,2,5] x) => (float[T,2,4] y)
        <float[5,12] first = normal 0.3, int8[{{directions}},12,32] w = normal 40, int8[{{directions}},8,32] r = normal 40, float[{{directions}},64] b = normal 0.2, {{scales}},
         int64[3] merged = {0, 2, {{8 * directions}}}, float[{{8 * directions}},4] last = normal 0.3>
        {
            h = MatMul (x, first)  i = Relu (h)  l = com.microsoft.DynamicQuantizeLSTM <hidden_size = 8, direction = "{{direction}}"> (i, w, r, b, , , , , s, z, s, z)
            t = Transpose <perm = [0,2,1,3]> (l)  m = Reshape (t, merged)  y = MatMul (m, last)
        }
        """,
        "first[1] (12), w[2] (8)");

    [Fact]
    public void Attention_with_a_quantised_softmax() => PrunedText.Verified(
        Header + """
        g (float[N,5,12] x) => (float[N,5,4] y)
        <float s = {0.05}, uint8 z = {128}, float t = {0.00390625}, uint8 nil = {0}, int8[12,16] q = normal 40, int8[12,16] k = normal 40, int8[12,10] v = normal 40, int8[10,4] o = normal 40,
         float w = {0.01}, int8 zero = {0}>
        {
            i = QuantizeLinear (x, s, z)
            a = QLinearMatMul (i, s, z, q, w, zero, s, z)  b = QLinearMatMul (i, s, z, k, w, zero, s, z)  c = QLinearMatMul (i, s, z, v, w, zero, s, z)
            bt = Transpose <perm = [0,2,1]> (b)  d = QLinearMatMul (a, s, z, bt, s, z, s, z)
            e = com.microsoft.QLinearSoftmax <axis = -1, opset = 13> (d, s, z, t, nil)
            f = QLinearMatMul (e, t, nil, c, s, z, s, z)  g1 = QLinearMatMul (f, s, z, o, w, zero, s, z)  y = DequantizeLinear (g1, s, z)
        }
        """,
        "q[1] (16), v[1] (10)");

    [Fact]
    public void A_classic_network_with_scaled_and_imputed_features() => PrunedText.Verified(
        Header + """
        g (float[N,6] x) => (float[N,3] p, int64[K] label)
        <float[6,16] a = normal 0.5, float[16] ab = normal 0.3, float[16,8] b = normal 0.5, float[8,3] c = normal 0.5, int64[3] classes = {0, 1, 2}, int64[1] flat = {-1}>
        {
            i = ai.onnx.ml.Imputer <imputed_value_floats = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], replaced_value_float = 9.0> (x)
            s = ai.onnx.ml.Scaler <offset = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], scale = [1.0, 2.0, 1.5, 0.5, 1.0, 1.0]> (i)
            h = MatMul (s, a)  hb = Add (h, ab)  r = Relu (hb)  n = ai.onnx.ml.Normalizer <norm = "MAX"> (r)  t = MatMul (n, b)  u = Relu (t)  l = MatMul (u, c)
            p = Softmax <axis = 1> (l)  m = ArgMax <axis = 1> (p)  e = ai.onnx.ml.ArrayFeatureExtractor (classes, m)  label = Reshape (e, flat)
        }
        """,
        "a[1] (16), b[1] (8)");

    [Fact]
    public void Numbers_per_feature_leave_with_their_features()
    {
        var result = PrunedText.Verified(
            Header + """
            g (float[N,6] x) => (float[N,3] y) <float[6,4] a = normal 0.5, float[4,3] b = normal 0.5>
            { h = MatMul (x, a) s = ai.onnx.ml.Scaler <offset = [0.1, 0.2, 0.3, 0.4], scale = [1.0, 2.0, 3.0, 4.0]> (h) i = ai.onnx.ml.Imputer <imputed_value_floats = [1.0, 2.0, 3.0, 4.0]> (s) y = MatMul (i, b) }
            """,
            "a[1] (4)");

        var nodes = result.Pruned.Proto.Graph.Node;
        Assert.Equal([0.1f, 0.3f], nodes.Single(n => n.OpType == "Scaler").Attribute.Single(a => a.Name == "offset").Floats);
        Assert.Equal([1f, 3f], nodes.Single(n => n.OpType == "Imputer").Attribute.Single(a => a.Name == "imputed_value_floats").Floats);
    }
}
