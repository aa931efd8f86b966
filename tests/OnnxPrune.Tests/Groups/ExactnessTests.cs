using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>Removing channels is exact where what is removed holds zeros in the masked model, and approximate elsewhere.</summary>
public class ExactnessTests
{
    /// <summary>conv, then <paramref name="between"/> from h to m, then conv.</summary>
    private static string Between(string between, string extra = "", int opset = 21) => Analysis.Groups($$"""
        <ir_version: 8, opset_import: ["" : {{opset}}]>
        g (float[N,3,8,8] x) => (float[N,4,a,b] y)
        <float[6,3,3,3] w1 = normal 0.1, float[6] b1 = normal 0.1, float[4,6,3,3] w2 = normal 0.1{{extra}}>
        {
            h = Conv(x, w1, b1)
            {{between}}
            y = Conv(m, w2)
        }
        """);

    [Theory]
    [InlineData("m = Relu(h)")]
    [InlineData("m = LeakyRelu(h)")]
    [InlineData("m = Clip<min = 0.0, max = 6.0>(h)")]
    [InlineData("m = Clip<min = -1.0>(h)")]
    [InlineData("m = MaxPool<kernel_shape = [2,2]>(h)")]
    [InlineData("s = Sigmoid(h) m = Mul(h, s)")]
    [InlineData("r = Relu(h) m = Add(h, r)")]
    public void Zeros_survive(string between) => Assert.Equal("w1[0] (6) exact", Between(between, opset: 10));

    [Theory]
    [InlineData("m = Sigmoid(h)", "Conv")]
    [InlineData("m = Exp(h)", "Conv")]
    [InlineData("m = Cos(h)", "Conv")]
    [InlineData("m = Softplus(h)", "Conv")]
    [InlineData("m = Reciprocal(h)", "Conv")]
    [InlineData("m = Clip<min = 0.5, max = 6.0>(h)", "Conv")]
    [InlineData("m = Clip<max = -0.5>(h)", "Conv")]
    public void Zeros_become_something_else(string between, string mixer) => Assert.Equal($"w1[0] (6) approximate: {mixer}", Between(between, opset: 10));

    [Fact]
    public void A_bias_per_channel_is_a_weight_and_is_zeroed_with_it() =>
        Assert.Equal("w1[0] (6) exact", Between("r = Relu(h) m = Add(r, c)", ", float[6,1,1] c = normal 1"));

    [Fact]
    public void A_scalar_added_makes_every_channel_one_that_is_not_zero() =>
        Assert.Equal("w1[0] (6) approximate: Conv", Between("r = Relu(h) m = Add(r, c)", ", float c = {0.5}"));

    [Fact]
    public void A_scalar_factor_keeps_zeros() => Assert.Equal("w1[0] (6) exact", Between("m = Mul(h, c)", ", float c = {0.5}"));

    [Fact]
    public void A_numerator_keeps_zeros() => Assert.Equal("w1[0] (6) exact", Between("m = Div(h, c)", ", float[6,1,1] c = uniform 1 2"));

    [Fact]
    public void A_denominator_does_not() => Assert.Equal("w1[0] (6) approximate: Conv", Between("m = Div(c, h)", ", float c = {1}"));

    [Fact]
    public void A_denominator_of_weights_keeps_its_values_when_masked()
    {
        var analysis = Analysis.Of("""
            g (float[N,3] x) => (float[N,4] y) <float[3,6] w = normal 0.1, float[6] d = uniform 1 2, float[6,4] v = normal 0.1>
            { h = MatMul(x, w) m = Div(h, d) y = MatMul(m, v) }
            """);
        Assert.Equal(["d"], analysis.Graph.Initializers.Where(analysis.Zeros.KeepsValues).Select(v => v.Name));
    }

    [Fact]
    public void A_power_keeps_zeros_of_its_base() => Assert.Equal("w1[0] (6) exact", Between("m = Pow(h, c)", ", float c = {2}"));

    [Theory]
    [InlineData("0.5", "exact")]
    [InlineData("0", "approximate: Conv")]
    [InlineData("-1", "approximate: Conv")]
    public void Zero_to_a_power_is_zero_for_positive_exponents_only(string exponent, string expected) =>
        Assert.Equal($"w1[0] (6) {expected}", Between("r = Relu(h) m = Pow(r, c)", ", float c = {" + exponent + "}"));

    [Theory]
    [InlineData("0", "exact")]
    [InlineData("0.5", "approximate: Conv")]
    public void Padding_of_space_keeps_zeros_if_it_pads_with_zeros(string value, string expected) => Assert.Equal(
        $"w1[0] (6) {expected}",
        Between("m = Pad(h, p, v)", ", int64[8] p = {0, 0, 1, 1, 0, 0, 1, 1}, float v = {" + value + "}"));

    [Fact]
    public void A_mean_over_channels_changes_its_count() =>
        Assert.StartsWith("w1[0] (6) approximate: ReduceMean", Between("a = ReduceMean<axes = [1]>(h) m = Mul(h, a)", opset: 11), StringComparison.Ordinal);

    [Fact]
    public void A_sum_over_channels_does_not() =>
        Assert.Equal("w1[0] (6) exact", Between("a = ReduceSum<axes = [1]>(h) m = Mul(h, a)", opset: 11));

    [Fact]
    public void A_sum_of_what_is_not_zero_is_approximate() =>
        Assert.Equal("w1[0] (6) approximate: ReduceSum", Between("s = Sigmoid(h) a = ReduceSum<axes = [1]>(s) m = Mul(h, a)", opset: 11));

    [Fact]
    public void A_batch_normalisation_is_zero_where_its_scale_and_bias_are() => Assert.Equal(
        "w1[0] (6) exact",
        Between("n = BatchNormalization(h, s, t, u, v) m = Relu(n)", ", float[6] s = normal 1, float[6] t = normal 1, float[6] u = normal 1, float[6] v = uniform 1 2"));

    [Fact]
    public void A_batch_normalisation_without_a_prunable_convolution_before_it_still_masks() => Assert.Equal(
        "w1[0] (6) exact",
        Between("e = Exp(h) m = BatchNormalization(e, s, t, u, v)", ", float[6] s = normal 1, float[6] t = normal 1, float[6] u = normal 1, float[6] v = uniform 1 2"));

    [Fact]
    public void Where_needs_zeros_on_both_sides()
    {
        Assert.Equal("w1[0] (6) exact", Between("r = Relu(h) c = Greater(h, r) m = Where(c, h, r)"));
        Assert.Equal("w1[0] (6) approximate: Conv", Between("r = Exp(h) c = Greater(h, r) m = Where(c, h, r)"));
    }

    [Fact]
    public void A_squeeze_and_excitation_block_is_exact()
    {
        string groups = Analysis.Groups("""
            g (float[N,3,8,8] x) => (float[N,4,a,b] y)
            <float[8,3,3,3] w1 = normal 0.1, float[2,8,1,1] down = normal 0.1, float[8,2,1,1] up = normal 0.1, float[4,8,3,3] w2 = normal 0.1>
            {
                h = Conv(x, w1)
                p = GlobalAveragePool(h)
                d = Conv(p, down)
                r = Relu(d)
                u = Conv(r, up)
                s = Sigmoid(u)
                m = Mul(h, s)
                y = Conv(m, w2)
            }
            """);
        Assert.Equal("w1[0] (8) exact\ndown[0] (2) exact", groups);
    }

    [Fact]
    public void A_contraction_of_two_sigmoids_is_approximate_and_of_one_is_exact()
    {
        static string Attention(string queries, string keys) => Analysis.Groups($$"""
            g (float[N,T,3] x) => (float[N,T,3] y)
            <float[3,8] wq = normal 0.1, float[3,8] wk = normal 0.1>
            {
                q = MatMul(x, wq)
                k = MatMul(x, wk)
                {{queries}}
                {{keys}}
                kt = Transpose<perm = [0, 2, 1]>(k1)
                a = MatMul(q1, kt)
                y = MatMul(a, x)
            }
            """);
        Assert.Equal("wq[1] (8) approximate: MatMul", Attention("q1 = Sigmoid(q)", "k1 = Sigmoid(k)"));
        Assert.Equal("wq[1] (8) exact", Attention("q1 = Sigmoid(q)", "k1 = Relu(k)"));
        Assert.Equal("wq[1] (8) exact", Attention("q1 = Relu(q)", "k1 = Exp(k)"));
    }

    [Fact]
    public void A_layer_normalisation_is_approximate()
    {
        string groups = Analysis.Groups("""
            g (float[N,3] x) => (float[N,4] y)
            <float[3,8] w = normal 0.1, float[8] s = normal 1, float[8] t = normal 1, float[8,4] v = normal 0.1>
            { h = MatMul(x, w) n = LayerNormalization(h, s, t) y = MatMul(n, v) }
            """);
        Assert.Equal("w[1] (8) approximate: LayerNormalization", groups);
    }

    [Fact]
    public void A_layer_normalisation_in_pieces_is_approximate_too()
    {
        string groups = Analysis.Groups("""
            <ir_version: 8, opset_import: ["" : 13]>
            g (float[N,3] x) => (float[N,4] y)
            <float[3,8] w = normal 0.1, float[8] s = normal 1, float[8] t = normal 1, float[8,4] v = normal 0.1, float two = {2}, float eps = {0.00001}>
            {
                h = MatMul(x, w)
                mean = ReduceMean<axes = [-1]>(h)
                d = Sub(h, mean)
                sq = Pow(d, two)
                var = ReduceMean<axes = [-1]>(sq)
                vare = Add(var, eps)
                std = Sqrt(vare)
                n = Div(d, std)
                ns = Mul(n, s)
                nt = Add(ns, t)
                y = MatMul(nt, v)
            }
            """);
        Assert.Equal("w[1] (8) approximate: ReduceMean", groups);
    }

    [Fact]
    public void A_softmax_pins_its_axis()
    {
        Assert.Equal("", Analysis.Groups("""
            g (float[N,3] x) => (float[N,4] y) <float[3,8] w = normal 0.1, float[8,4] v = normal 0.1>
            { h = MatMul(x, w) s = Softmax(h) y = MatMul(s, v) }
            """));
    }

    [Fact]
    public void A_flattened_channel_keeps_its_zeros()
    {
        string groups = Analysis.Groups("""
            g (float[N,3,4,4] x) => (float[N,2] y) <float[6,3,3,3] w = normal 0.1, float[24,2] v = normal 0.1>
            { h = Conv(x, w) f = Flatten(h) y = MatMul(f, v) }
            """);
        Assert.Equal("w[0] (6) exact", groups);
    }
}
