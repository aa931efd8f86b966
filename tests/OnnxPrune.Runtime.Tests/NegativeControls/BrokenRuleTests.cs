using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.NegativeControls;

/// <summary>One rule is broken at a time: the cut that follows must fail verification, while the right rule's passes.</summary>
public class BrokenRuleTests
{
    private const string PixelShuffle = """
        <ir_version: 10, opset_import: ["" : 17]> g (float[N,3,8,8] x) => (float[N,4,16,16] y)
        <float[32,3,3,3] a = normal 0.3, float[4,8,1,1] b = normal 0.3>
        { p = Conv <pads = [1,1,1,1]> (x, a)  q = DepthToSpace <blocksize = 2, mode = "MODE"> (p)  y = Conv (q, b) }
        """;

    private const string Flattened = """
        g (float[N,3,4,4] x) => (float[N,5] y)
        <float[8,3,3,3] a = normal 0.3, float[128,5] b = normal 0.1>
        { p = Conv <pads = [1,1,1,1]> (x, a)  q = Flatten (p)  y = MatMul (q, b) }
        """;

    private const string Concatenated = """
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[8,3,1,1] a = normal 0.5, float[12,3,1,1] b = normal 0.5, float[4,20,1,1] c = normal 0.3>
        { p = Conv (x, a)  q = Conv (x, b)  r = Concat <axis = 1> (p, q)  y = Conv (r, c) }
        """;

    private const string Normalised = """
        g (float[N,9,16] x) => (float[N,9,4] y)
        <float[16,24] a = normal 0.3, float[24] s = uniform 0.5 1.5, float[24] t = normal 0.1, float[24,4] b = normal 0.3>
        { p = MatMul (x, a)  NORM  y = MatMul (q, b) }
        """;

    private const string Averaged = """
        g (float[N,3,8,8] x) => (float[N,1,8,8] y)
        <float[16,3,3,3] a = normal 0.3, int64[1] axes = {1}>
        { p = Conv <pads = [1,1,1,1]> (x, a)  y = ReduceMean (p, axes) }
        """;

    private const string Requantised = """
        g (float[N,9,16] x) => (float[N,9] y)
        <float[16,24] a = normal 0.3, float s = {0.05}, uint8 z = {120}, uint8 other = {100}, int64[1] axes = {2}>
        { p = MatMul (x, a)  q = QuantizeLinear (p, s, z)  r = DequantizeLinear (q, s, other)  y = ReduceSum <keepdims = 0> (r, axes) }
        """;

    private const string Grouped = """
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[16,3,1,1] a = normal 0.5, float[24,4,3,3] b = normal 0.3, float[4,24,1,1] c = normal 0.3>
        { p = Conv (x, a)  q = Conv <group = 4, pads = [1,1,1,1]> (p, b)  r = Relu (q)  y = Conv (r, c) }
        """;

    [Theory]
    [InlineData("DCR", "n c*B . . -> n c . .")]
    [InlineData("CRD", "n B*c . . -> n c . .")]
    public void DCR_and_CRD_swapped_fail(string mode, string swapped) =>
        BrokenRule.FailsWith(
            PixelShuffle.Replace("MODE", mode, StringComparison.Ordinal), "DepthToSpace", couple: c => c.Rule(Notation.Parse(swapped), ("B", 4)));

    [Fact]
    public void Flattening_as_if_channels_came_last_fails() =>
        BrokenRule.FailsWith(Flattened, "Flatten", couple: c => c.Output(0, [c.Input(0)[0], c.Product(c.Input(0)[2], c.Input(0)[3], c.Input(0)[1])]));

    [Fact]
    public void Concat_in_another_order_fails() =>
        BrokenRule.FailsWith(
            Concatenated, "Concat", couple: c => c.Output(0, [c.Input(0)[0], c.Concat(c.Input(1)[1], c.Input(0)[1]), .. c.Input(0).Skip(2)]));

    [Fact]
    public void Softmax_over_a_cut_axis_fails() =>
        BrokenRule.FailsWith(
            Normalised.Replace("NORM", "q = Softmax <axis = -1> (p)", StringComparison.Ordinal),
            "Softmax",
            flowZeros: c => c.Output(0, c.Input(0)));

    [Fact]
    public void LayerNormalization_counted_as_exact_fails() =>
        BrokenRule.FailsWith(
            Normalised.Replace("NORM", "q = LayerNormalization <axis = -1> (p, s, t)", StringComparison.Ordinal),
            "LayerNormalization",
            flowZeros: c => c.Output(0, c.Input(0)));

    [Fact]
    public void A_mean_over_cut_channels_fails() => BrokenRule.FailsWith(Averaged, "ReduceMean", flowZeros: c => c.Output(0, c.Input(0)));

    [Fact]
    public void A_maximum_of_numbers_of_both_signs_counted_as_exact_fails() => BrokenRule.FailsWith(
        Averaged.Replace("ReduceMean (p, axes)", "ReduceMax <axes = [1]> (p)", StringComparison.Ordinal)
            .Replace("g (float", "<ir_version: 8, opset_import: [\"\" : 17]> g (float", StringComparison.Ordinal),
        "ReduceMax",
        flowZeros: c => c.Output(0, c.Input(0)));

    [Fact]
    public void A_group_convolution_that_interleaves_its_groups_fails() =>
        BrokenRule.FailsWith(
            Grouped,
            "Conv",
            couple: c => c.Record("g", c.Rule(Notation.Parse("n i*g ~, o*g i ~, o*g? -> n o*g ~"), ("g", c.Node.Int("group", 1)))["g"]));

    [Fact]
    public void A_zero_point_taken_for_another_fails() =>
        BrokenRule.FailsWith(Requantised, "DequantizeLinear", flowZeros: c => c.Output(0, c.Layout(0).Select(_ => true)));

    [Theory]
    [InlineData(PixelShuffle)]
    [InlineData(Flattened)]
    [InlineData(Concatenated)]
    [InlineData(Grouped)]
    public void The_right_rules_pass(string model) => BrokenRule.TheRightOnePasses(model.Replace("MODE", "CRD", StringComparison.Ordinal));
}
