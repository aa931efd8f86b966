using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Groups;

/// <summary>What the indices of a group are follows from how variables nest and what operators say that they count.</summary>
public class ChannelKindTests
{
    private const string Grouped = """
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[16,3,1,1] a = normal 0.5, float[24,4,3,3] b = normal 0.3, float[4,24,1,1] c = normal 0.3>
        { p = Conv (x, a)  q = Conv <group = 4, pads = [1,1,1,1]> (p, b)  r = Relu (q)  y = Conv (r, c) }
        """;

    private const string Attention = """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,T,16] x) => (float[N,T,5] y)
        <float[16,24] wq = normal 0.3, float[16,24] wk = normal 0.3, float[16,32] wv = normal 0.3, float[32,5] wo = normal 0.3,
         int64[4] s = {0, 0, 4, 6}, int64[4] sv = {0, 0, 4, 8}, int64[3] m = {0, 0, 32}>
        {
            q = MatMul (x, wq)  k = MatMul (x, wk)  v = MatMul (x, wv)
            q1 = Reshape (q, s)  k1 = Reshape (k, s)  v1 = Reshape (v, sv)
            q2 = Transpose <perm = [0,2,1,3]> (q1)  k2 = Transpose <perm = [0,2,3,1]> (k1)  v2 = Transpose <perm = [0,2,1,3]> (v1)
            a = MatMul (q2, k2)  w = Softmax <axis = -1> (a)  o = MatMul (w, v2)
            o1 = Transpose <perm = [0,2,1,3]> (o)  o2 = Reshape (o1, m)  y = MatMul (o2, wo)
        }
        """;

    [Fact]
    public void A_grouped_convolution_has_groups_and_channels_in_them() =>
        Assert.Equal("conv-groups 4, in-group 4, in-group 6", Kinds(Grouped));

    [Fact]
    public void A_depthwise_convolution_has_channels() => Assert.Equal("channels 16", Kinds("""
        g (float[N,3,8,8] x) => (float[N,4,8,8] y)
        <float[16,3,1,1] a = normal 0.5, float[16,1,3,3] b = normal 0.3, float[4,16,1,1] c = normal 0.3>
        { p = Conv (x, a)  q = Conv <group = 16, pads = [1,1,1,1]> (p, b)  r = Relu (q)  y = Conv (r, c) }
        """));

    [Fact]
    public void A_flattened_depthwise_convolution_has_channels() => Assert.Equal("channels 16", Kinds("""
        g (float[N,3,2,2] x) => (float[N,5] y)
        <float[16,3,1,1] a = normal 0.5, float[16,1,1,1] b = normal 0.3, float[64,5] c = normal 0.3>
        { p = Conv (x, a)  q = Conv <group = 16> (p, b)  r = Flatten (q)  y = MatMul (r, c) }
        """));

    [Fact]
    public void Attention_has_heads_and_two_head_sizes() => Assert.Equal("heads 4, head-size 6, head-size 8", Kinds(Attention));

    [Fact]
    public void Attention_by_Einsum_has_heads_and_head_sizes() => Assert.Equal("heads 4, head-size 6, head-size 8", Kinds("""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,9,16] x) => (float[N,9,5] y)
        <float[16,24] wq = normal 0.3, float[16,24] wk = normal 0.3, float[16,32] wv = normal 0.3, float[32,5] wo = normal 0.3,
         int64[4] s = {0, 0, 4, 6}, int64[4] sv = {0, 0, 4, 8}, int64[3] m = {0, 0, 32}>
        {
            q = MatMul (x, wq)  k = MatMul (x, wk)  v = MatMul (x, wv)
            q1 = Reshape (q, s)  k1 = Reshape (k, s)  v1 = Reshape (v, sv)
            a = Einsum <equation = "bihd,bjhd->bhij"> (q1, k1)  w = Softmax <axis = -1> (a)
            o = Einsum <equation = "bhij,bjhd->bihd"> (w, v1)  o2 = Reshape (o, m)  y = MatMul (o2, wo)
        }
        """));

    [Fact]
    public void Automatic_granularity_takes_whole_heads_and_groups()
    {
        Assert.Equal(["conv-groups"], Pruned(Grouped, Granularity.Auto, "macs=60%", out _));
        Assert.Equal(["heads"], Pruned(Attention, Granularity.Auto, "params=60%", out var plan));
        Assert.Equal([], plan.Notes);
    }

    [Fact]
    public void Automatic_granularity_widens_where_the_budget_is_out_of_reach_and_says_so()
    {
        Assert.Contains("in-group", Pruned(Grouped, Granularity.Auto, "macs=5%", out var plan));
        Assert.Contains("channels in groups are pruned, too", plan.Notes![0], StringComparison.Ordinal);
    }

    [Fact]
    public void Automatic_granularity_takes_what_is_inside_where_the_outside_is_pinned()
    {
        string pinned = Grouped.Replace(
            "y = Conv (r, c)", "s = Reshape (r, cut) t = Softmax <axis = 1> (s) u = Reshape (t, back) y = Conv (u, c)", StringComparison.Ordinal)
            .Replace(
                "float[4,24,1,1] c = normal 0.3",
                "float[4,24,1,1] c = normal 0.3, int64[5] cut = {0, 4, 6, 8, 8}, int64[4] back = {0, 24, 8, 8}",
                StringComparison.Ordinal);
        Assert.Equal(["in-group"], Pruned(pinned, Granularity.Auto, "macs=60%", out _));
    }

    [Theory]
    [InlineData("channels")]
    [InlineData("heads")]
    [InlineData("head-size")]
    public void Only_kinds_that_are_listed_are_pruned(string kind)
    {
        if (kind == "channels")
            Assert.Equal(
                ErrorCodes.NothingToPrune,
                Assert.Throws<OnnxPruneException>(() => Pruned(Attention, Granularity.Parse(kind), "params=90%", out _)).Code);
        else Assert.Equal([kind], Pruned(Attention, Granularity.Parse(kind), "params=90%", out _));
    }

    [Fact]
    public void Heads_and_groups_count_with_their_channels_when_rounded_and_limited()
    {
        var options = new PruneOptions { Budget = Budget.Parse("params=60%"), Allocation = new AllocationOptions(RoundTo: 2, MinChannels: 12) };
        var plan = Planner.Plan(Analysis.Of(Attention), options);
        Assert.InRange(plan.Groups.Single(g => g.Kind == "heads").KeptCount, 2, 3);
        Assert.Equal(ErrorCodes.BudgetOutOfReach, Assert.Throws<OnnxPruneException>(() =>
            Planner.Plan(Analysis.Of(Attention), options with { Allocation = new AllocationOptions(MinChannels: 24), Granularity = Granularity.Parse("heads") })).Code);
    }

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("all", "all")]
    [InlineData("heads,channels", "channels,heads")]
    [InlineData("in-group,conv-groups,head-size,heads,channels", "all")]
    public void Granularity_is_written_as_it_is_read(string text, string written) => Assert.Equal(written, Granularity.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Heads")]
    [InlineData("auto,heads")]
    public void Other_words_are_no_granularity(string text) =>
        Assert.Equal(ErrorCodes.InvalidOption, Assert.Throws<OnnxPruneException>(() => Granularity.Parse(text)).Code);

    private static string Kinds(string model) =>
        string.Join(", ", Analysis.Of(model).Groups.OrderBy(g => g.Kind).ThenBy(g => g.Size).Select(g => $"{g.Kind.Name()} {g.Size}"));

    private static IEnumerable<string?> Pruned(string model, Granularity granularity, string budget, out PruningDecision plan)
    {
        plan = Planner.Plan(Analysis.Of(model), new PruneOptions { Budget = Budget.Parse(budget), Granularity = granularity });
        return plan.Groups.Where(g => g.KeptCount < g.Size).Select(g => g.Kind).Distinct().ToList();
    }
}
