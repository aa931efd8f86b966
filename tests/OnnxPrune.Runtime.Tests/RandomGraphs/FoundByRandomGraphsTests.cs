using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>What random networks and the operator matrix found, each as the smallest model that shows it.</summary>
public class FoundByRandomGraphsTests
{
    [Fact]
    public void Equal_halves_that_lose_different_numbers_of_channels_get_sizes() => Verified(
        """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,3,4,4] x) => (float[N,2,4,4] y, float[N,2,4,4] z)
        <float[8,3,1,1] a = normal 0.5, float[2,4,1,1] b = normal 0.5, float[2,4,1,1] c = normal 0.5>
        { p = Conv (x, a)  q, r = Split <axis = 1> (p)  y = Conv (q, b)  z = Conv (r, c) }
        """,
        ("a[0]#0", "0-3"), ("a[0]#1", "0,2-3"));

    [Theory]
    [InlineData(11)]
    [InlineData(17)]
    public void A_squeeze_without_axes_keeps_a_single_channel(int opset) => Verified(Squeezed(opset, "2"), ("a[0]", "5"));

    [Theory]
    [InlineData(11)]
    [InlineData(17)]
    public void A_squeeze_without_axes_holds_its_channels_where_a_batch_of_one_would_leave(int opset) =>
        Assert.Empty(Analyse(Squeezed(opset, "N")).Groups);

    private static string Squeezed(int opset, string batch) => $$"""
        <ir_version: 8, opset_import: ["" : {{opset}}]> g (float[{{batch}},3,4,4] x) => (float[{{batch}},2] y)
        <float[8,3,1,1] a = normal 0.5, float[8,2] b = normal 0.5>
        { p = Conv (x, a)  q = GlobalAveragePool (p)  r = Squeeze (q)  y = MatMul (r, b) }
        """;

    [Theory]
    [InlineData("q = Log (a1)")]
    [InlineData("q = Reciprocal (a1)")]
    [InlineData("q = Div (one, a1)")]
    [InlineData("q = Div (a1, a1)")]
    [InlineData("q = Pow (a1, below)")]
    [InlineData("q = Pow (a1, b1)")]
    public void What_is_not_finite_at_zero_is_only_approximate(string node)
    {
        var analysis = Analyse($$"""
            g (float[N,3,4,4] x) => (float[N,2,4,4] y)
            <float[8,3,1,1] a = normal 0.5, float[8,3,1,1] b = normal 0.5, float[2,8,1,1] c = normal 0.5, float one = {1}, float below = {-1}>
            { p = Conv (x, a)  a1 = Abs (p)  r = Conv (x, b)  b1 = Abs (r)  {{node}}  y = Conv (q, c) }
            """);

        Assert.False(analysis.Groups.Single(g => g.Id == "a[0]").IsExact);
    }

    [Fact]
    public void A_power_of_zero_is_zero_only_for_positive_exponents() => Verified(
        """
        g (float[N,3,4,4] x) => (float[N,4,4] y)
        <float[8,3,1,1] a = normal 0.5, float two = {2}, int64[1] axes = {1}>
        { p = Conv (x, a)  q = Pow (p, two)  y = ReduceSum <keepdims = 0> (q, axes) }
        """,
        ("a[0]", "1-4"));

    [Fact]
    public void A_node_whose_shapes_fit_at_no_valuation_is_left_alone_and_the_rest_is_pruned()
    {
        var analysis = Analyse("""
            g (float[N,3,4,4] x, float[N,9] features) => (float[N,2,4,4] y, float[N,5] z)
            <float[8,3,1,1] a = normal 0.5, float[2,8,1,1] b = normal 0.5, float[10,5] w = normal 0.3>
            { p = Conv (x, a)  y = Conv (p, b)  z = Gemm (features, w) }
            """);
        Assert.Contains(analysis.Warnings, w => w.Code == ErrorCodes.UnknownShape);

        var pruned = Rewriter.Prune(
            Cut.Of(analysis, new Dictionary<Term, bool[]> { [analysis.Groups.Single(g => g.Id == "a[0]").Variable] = KeptRanges.Parse("0-4", 8) }));

        Assert.Equal([5, 3, 1, 1], pruned.Proto.Graph.Initializer.Single(t => t.Name == "a").Dims);
        Assert.Equal([10, 5], pruned.Proto.Graph.Initializer.Single(t => t.Name == "w").Dims);
    }

    [Fact]
    public void A_weight_without_elements_is_no_group() => Verified(
        """
        g (float[N,3,4,4] x) => (float[N,2,4,4] y)
        <float[0,3,1,1] none = {}, float[8,3,1,1] a = normal 0.5, float[2,8,1,1] b = normal 0.5>
        { w = Concat <axis = 0> (none, a)  p = Conv (x, w)  y = Conv (p, b) }
        """,
        ("a[0]", "1-4"));

    [Theory]
    [InlineData("LSTM", 20)]
    [InlineData("GRU", 15)]
    [InlineData("RNN", 5)]
    public void A_step_in_time_of_a_recurrent_layer_never_leaves(string op, int rows)
    {
        string text = $$"""
            g (float[N,8,4] x) => (float[N,3] y)
            <float[4,6] steps = normal 0.5, float[1,{{rows}},8] w = normal 0.4, float[1,{{rows}},5] r = normal 0.4, float[5,3] head = normal 0.4, int64[2] axes = {0, 1}>
            { p = MatMul (x, steps)  t = Transpose <perm = [2,0,1]> (p)  h = {{op}} <hidden_size = 5> (t, w, r)  m = ReduceSum <keepdims = 0> (h, axes)  y = MatMul (m, head) }
            """;

        Assert.Equal(["w[1]"], Analyse(text).Groups.Select(g => g.Id));
        Verified(text, ("w[1]", "0,2-3"));
    }

    private static ModelAnalysis Analyse(string text) => ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));

    private static void Verified(string text, params (string Group, string Kept)[] kept)
    {
        var analysis = Analyse(text);
        var wanted = new Dictionary<ChannelGroup, bool[]>();
        foreach (var (id, ranges) in kept)
        {
            var group = analysis.Groups.Single(g => g.Id == id);
            Assert.True(group.IsExact);
            wanted[group] = KeptRanges.Parse(ranges, group.Size);
        }
        var masks = Cut.Of(analysis, wanted);
        var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, report.Reason);
    }
}
