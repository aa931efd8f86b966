using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>Removing channels is exact where what is removed holds zeros in the masked model, and approximate elsewhere.</summary>
public class ExactnessTests
{
    /// <summary>conv, then <paramref name="between"/> from h to m, then a sum over channels, which is exact if removed ones hold zeros.</summary>
    private static string Between(string between, string extra = "") => Analysis.Groups($$"""
        <ir_version: 8, opset_import: ["" : 12]>
        g (float[N,3,8,8] x) => (float[N,1,a,b] y)
        <float[6,3,3,3] w1 = normal 0.1, float[6] b1 = normal 0.1, float one = {1}, float half = {0.5}, float zero = {0}, float minus = {-1}{{extra}}>
        {
            h = Conv(x, w1, b1)
            {{between}}
            y = ReduceSum<axes = [1]>(m)
        }
        """);

    [Theory]
    [InlineData("m = Relu(h)")]
    [InlineData("m = LeakyRelu(h)")]
    [InlineData("m = Clip(h, zero, one)")]
    [InlineData("m = Clip(h, minus)")]
    [InlineData("m = MaxPool<kernel_shape = [2,2]>(h)")]
    [InlineData("s = Sigmoid(h) m = Mul(h, s)")]
    [InlineData("r = Relu(h) m = Add(h, r)")]
    [InlineData("m = Max(h, zero)")]
    [InlineData("m = Min(zero, h)")]
    [InlineData("r = Add(h, zero) m = Sub(zero, r)")]
    [InlineData("m = Mul(h, half)")]
    [InlineData("m = Div(h, half)")]
    [InlineData("m = Pow(h, half)")]
    [InlineData("r = Relu(h) c = Greater(h, r) m = Where(c, h, r)")]
    [InlineData("e = ReduceSum<axes = [1]>(h) m = Mul(h, e)")]
    [InlineData("e = ReduceL2<axes = [1]>(h) m = Div(h, e)")]
    public void Zeros_survive(string between) => Assert.Equal("w1[0] (6) exact", Between(between));

    [Theory]
    [InlineData("m = Sigmoid(h)", "ReduceSum")]
    [InlineData("m = Exp(h)", "ReduceSum")]
    [InlineData("m = Cos(h)", "ReduceSum")]
    [InlineData("m = Softplus(h)", "ReduceSum")]
    [InlineData("m = Clip(h, half, one)", "ReduceSum")]
    [InlineData("m = Clip(h, , minus)", "ReduceSum")]
    [InlineData("r = Relu(h) m = Add(r, half)", "ReduceSum")]
    [InlineData("r = Relu(h) m = Sub(half, r)", "ReduceSum")]
    [InlineData("m = Pow(half, h)", "ReduceSum")]
    [InlineData("m = Pow(h, zero)", "Pow")]
    [InlineData("r = Exp(h) c = Greater(h, r) m = Where(c, h, r)", "ReduceSum")]
    [InlineData("e = ReduceMean<axes = [1]>(h) m = Mul(h, e)", "ReduceMean")]
    [InlineData("s = Sigmoid(h) e = ReduceSum<axes = [1]>(s) m = Mul(h, e)", "ReduceSum")]
    public void Zeros_become_something_else(string between, string mixer) => Assert.Equal($"w1[0] (6) approximate: {mixer}", Between(between));

    [Theory]
    [InlineData("m = Div(half, h)", "Div")]
    [InlineData("m = Mod<fmod = 1>(h, h)", "Mod")]
    [InlineData("m = Reciprocal(h)", "Reciprocal")]
    [InlineData("m = Log(h)", "Log")]
    [InlineData("m = Pow(h, minus)", "Pow")]
    public void What_is_not_finite_at_zero_has_no_masked_twin(string between, string why) =>
        Assert.Equal($"w1[0] (6) approximate: {why}", Between(between));

    [Theory]
    [InlineData("e = ReduceL2<axes = [2,3]>(h) m = Div(h, e)", "exact")]
    [InlineData("e = ReduceL1<axes = [2]>(h) m = Div(h, e)", "exact")]
    [InlineData("e = GlobalMaxPool(h) m = Div(h, e)", "exact")]
    [InlineData("r = Relu(h) m = Div(h, r)", "approximate: Div")]
    [InlineData("e = ReduceL2<axes = [2,3]>(h) s = Sqrt(e) m = Div(h, s)", "exact")]
    [InlineData("m = LpNormalization<axis = 2>(h)", "exact")]
    [InlineData("m = LpNormalization<axis = 1>(h)", "exact")]
    [InlineData("e = ReduceL2<axes = [2,3]>(h) r = Exp(h) m = Div(r, e)", "approximate: Div")]
    [InlineData("e = ReduceL2<axes = [2,3]>(h) r = Reciprocal(e) m = Mul(h, r)", "approximate: Reciprocal")]
    [InlineData("e = ReduceMean<axes = [1]>(h) m = Div(h, e)", "approximate: ReduceMean")]
    public void A_channel_that_is_divided_by_its_own_norm(string between, string expected) => Assert.Equal($"w1[0] (6) {expected}", Between(between));

    [Fact]
    public void A_bias_per_channel_is_a_weight_and_is_zeroed_with_it() =>
        Assert.Equal("w1[0] (6) exact", Between("r = Relu(h) m = Add(r, c)", ", float[6,1,1] c = normal 1"));

    [Fact]
    public void A_divisor_per_channel_is_a_weight_and_is_not() =>
        Assert.Equal("w1[0] (6) exact", Between("m = Div(h, c)", ", float[6,1,1] c = uniform 1 2"));

    [Fact]
    public void A_denominator_of_weights_keeps_its_values_when_masked()
    {
        var analysis = Analysis.Of("""
            g (float[N,3] x) => (float[N,4] y) <float[3,6] w = normal 0.1, float[6] d = uniform 1 2, float[6,4] v = normal 0.1>
            { h = MatMul(x, w) m = Div(h, d) y = MatMul(m, v) }
            """);
        Assert.Equal(["d"], analysis.Graph.Initializers.Where(analysis.Zeros.KeepsValues).Select(v => v.Name));
    }

    [Theory]
    [InlineData("zero", "exact")]
    [InlineData("half", "approximate: ReduceSum")]
    public void Padding_of_space_keeps_zeros_if_it_pads_with_zeros(string value, string expected) =>
        Assert.Equal($"w1[0] (6) {expected}", Between($"m = Pad(h, p, {value})", ", int64[8] p = {0, 0, 1, 1, 0, 0, 1, 1}"));

    [Fact]
    public void Padding_from_its_own_values_keeps_zeros() =>
        Assert.Equal("w1[0] (6) exact", Between("m = Pad<mode = \"reflect\">(h, p)", ", int64[8] p = {0, 0, 1, 1, 0, 0, 1, 1}"));

    [Fact]
    public void A_batch_normalisation_is_zero_where_its_scale_and_bias_are() => Assert.Equal(
        "w1[0] (6) exact",
        Between(
            "e = Exp(h) m = BatchNormalization(e, s, t, u, v)",
            ", float[6] s = normal 1, float[6] t = normal 1, float[6] u = normal 1, float[6] v = uniform 1 2"));

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
    public void A_group_normalisation_in_pieces_has_exact_groups_and_approximate_channels_in_them()
    {
        string groups = Analysis.Groups("""
            <ir_version: 8, opset_import: ["" : 17]>
            g (float[N,3,8,8] x) => (float[N,4,8,8] y)
            <float[24,3,1,1] w = normal 0.3, float[4] s = normal 1, float[4] t = normal 1, float[4,24,1,1] v = normal 0.3,
             int64[3] split = {0, 4, -1}, int64[4] merge = {0, 24, 8, 8}>
            { h = Conv(x, w) r = Reshape(h, split) i = InstanceNormalization(r, s, t) n = Reshape(i, merge) y = Conv(n, v) }
            """);
        Assert.Equal("w[0]#0 (4) exact\nw[0]#1 (6) approximate: InstanceNormalization", groups);
    }

    [Theory]
    [InlineData(21, "s = Softmax(h)", "w[1] (8) approximate: Softmax")]
    [InlineData(21, "s = LogSoftmax<axis = 1>(h)", "w[1] (8) approximate: LogSoftmax")]
    [InlineData(11, "s = Softmax<axis = 0>(h)", "w[1] (8) approximate: Softmax")]
    [InlineData(21, "s = Softmax<axis = 0>(h)", "w[1] (8) exact")]
    [InlineData(21, "t = Sigmoid(h) s = Softmax(t)", "w[1] (8) approximate: Softmax")]
    [InlineData(21, "s = Hardmax(h)", "")]
    public void A_softmax_loses_indices_approximately(int opset, string softmax, string expected) => Assert.Equal(
        expected,
        Analysis.Groups($$"""
            <ir_version: 8, opset_import: ["" : {{opset}}]> g (float[N,3] x) => (float[N,4] y) <float[3,8] w = normal 0.1, float[8,4] v = normal 0.1>
            { h = MatMul(x, w) {{softmax}} y = MatMul(s, v) }
            """));

    [Theory]
    [InlineData("Relu(h)", true, false)]
    [InlineData("Abs(h)", true, false)]
    [InlineData("Mul(h, h)", true, false)]
    [InlineData("Pow(h, two)", true, false)]
    [InlineData("Clip(h, zero, one)", true, false)]
    [InlineData("Clip(h, minus, zero)", false, true)]
    [InlineData("Clip(h, minus, one)", false, false)]
    [InlineData("LeakyRelu(h)", false, false)]
    [InlineData("Relu(h) > LeakyRelu<alpha = -1.0>", true, false)]
    [InlineData("Relu(h) > Neg", false, true)]
    [InlineData("Relu(h) > Neg > Elu", false, true)]
    [InlineData("Relu(h) > Selu<gamma = -1.0>", false, false)]
    [InlineData("Relu(h) > Shrink<bias = 1.0>", false, false)]
    [InlineData("Relu(h) > Neg > Elu<alpha = -1.0>", false, false)]
    [InlineData("Relu(h) > Mul(v, minus)", false, true)]
    [InlineData("Relu(h) > Mul(v, half)", true, false)]
    [InlineData("Relu(h) > Mul(v, h)", false, false)]
    [InlineData("Relu(h) > Add(v, v)", true, false)]
    [InlineData("Relu(h) > Add(v, h)", false, false)]
    [InlineData("Relu(h) > Sub(v, h)", false, false)]
    [InlineData("Relu(h) > Div(v, half)", true, false)]
    [InlineData("Relu(h) > Sqrt", true, false)]
    [InlineData("Relu(h) > Tanh", true, false)]
    [InlineData("Relu(h) > Sin", false, false)]
    [InlineData("Max(h, zero)", true, false)]
    [InlineData("Min(h, zero)", false, true)]
    [InlineData("Relu(h) > Max(v, h)", true, false)]
    [InlineData("Relu(h) > Min(v, h)", false, false)]
    [InlineData("Relu(h) > Where(yes, v, v)", true, false)]
    [InlineData("Relu(h) > Where(yes, v, h)", false, false)]
    [InlineData("Relu(h) > PRelu(v, minus)", true, false)]
    [InlineData("PRelu(h, minus)", false, false)]
    [InlineData("Relu(h) > AveragePool<kernel_shape = [2,2]>", true, false)]
    [InlineData("LpPool<kernel_shape = [2,2]>(h)", true, false)]
    [InlineData("Relu(h) > MaxPool<kernel_shape = [2,2]>", true, false)]
    [InlineData("Relu(h) > Concat<axis = 2>(v, v)", true, false)]
    [InlineData("Relu(h) > Concat<axis = 2>(v, h)", false, false)]
    [InlineData("Relu(h) > Transpose<perm = [0, 1, 3, 2]>", true, false)]
    [InlineData("Relu(h) > Reshape(v, shape)", true, false)]
    [InlineData("Relu(h) > Slice(v, s2, s4, s2)", true, false)]
    [InlineData("Relu(h) > Pad(v, pads)", true, false)]
    [InlineData("Relu(h) > Pad(v, pads, minus)", false, false)]
    [InlineData("Relu(h) > ReduceSum<axes = [3]>", true, false)]
    [InlineData("ReduceL1<axes = [3]>(h)", true, false)]
    [InlineData("Relu(h) > Cast<to = 10>", true, false)]
    [InlineData("Relu(h) > QuantizeLinear(v, half, seven) > DequantizeLinear(v, half, seven)", true, false)]
    [InlineData("Relu(h) > QuantizeLinear(v, half, seven) > MaxPool<kernel_shape = [2,2]> > DequantizeLinear(v, half, seven)", true, false)]
    [InlineData("Relu(h) > QuantizeLinear(v, half, seven) > DequantizeLinear(v, half, nine)", false, false)]
    public void An_extreme_of_one_sign_is_exact(string values, bool max, bool min)
    {
        static string Groups(string values, string reduce)
        {
            string[] steps = values.Split(" > ");
            string nodes = string.Join(' ', steps.Select((step, i) => $"v{i} = {(step.Contains('(', StringComparison.Ordinal) ? step : $"{step}(v)")}"
                .Replace("(v,", $"(v{i - 1},", StringComparison.Ordinal).Replace(", v", $", v{i - 1}", StringComparison.Ordinal).Replace("(v)", $"(v{i - 1})", StringComparison.Ordinal)));
            return Between(
                $"{nodes} m = {reduce}<axes = [1]>(v{steps.Length - 1})",
                ", float two = {2}, bool yes = {1}, int64[4] shape = {0, 0, 4, 9}, int64[1] s2 = {2}, int64[1] s4 = {4}, int64[8] pads = {0,0,1,1,0,0,1,1}, uint8 seven = {7}, uint8 nine = {9}");
        }

        Assert.Equal(max ? "w1[0] (6) exact" : "w1[0] (6) approximate: ReduceMax", Groups(values, "ReduceMax"));
        Assert.Equal(min ? "w1[0] (6) exact" : "w1[0] (6) approximate: ReduceMin", Groups(values, "ReduceMin"));
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
