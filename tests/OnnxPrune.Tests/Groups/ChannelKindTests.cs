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

    private const string Projections = """
        float[16,32] wq = normal 0.3, float[16,32] wk = normal 0.3, float[16,32] wv = normal 0.3, float[32,5] wo = normal 0.3
        """;

    private static string Fused(string node, string weights = Projections) => $$"""
        <ir_version: 11, opset_import: ["" : 23, "com.microsoft" : 1]> g (float[N,6,16] x) => (float[N,6,5] y)
        <{{weights}}>
        { q = MatMul (x, wq)  k = MatMul (x, wk)  v = MatMul (x, wv)  a = {{node}}  y = MatMul (a, wo) }
        """;

    private static readonly string[] FusedNodes =
    [
        "Attention <q_num_heads = 4, kv_num_heads = 4> (q, k, v)",
        "com.microsoft.MultiHeadAttention <num_heads = 4> (q, k, v)",
    ];

    public static TheoryData<string> FusedAttention => [.. FusedNodes];

    [Theory]
    [MemberData(nameof(FusedAttention))]
    public void Fused_attention_has_heads_and_two_head_sizes(string node) => Assert.Equal("heads 4, head-size 8, head-size 8", Kinds(Fused(node)));

    [Theory]
    [MemberData(nameof(FusedAttention))]
    public void Fused_attention_is_pruned_by_whole_heads(string node)
    {
        foreach (string scope in new[] { "local", "global" })
        {
            Assert.Equal(["heads"], Pruned(Fused(node), Granularity.Auto, "channels=50%", out var plan, Enum.Parse<Scope>(scope, ignoreCase: true)));
            Assert.Equal([2, 8, 8], plan.Groups.Select(g => g.KeptCount));
        }
    }

    [Fact]
    public void Heads_of_queries_that_share_keys_are_heads_of_two_levels() => Assert.Equal(
        "heads 2, heads 3, head-size 8, head-size 8",
        Kinds(Fused(
            "Attention <q_num_heads = 6, kv_num_heads = 2> (q, k, v)",
            "float[16,48] wq = normal 0.3, float[16,16] wk = normal 0.3, float[16,16] wv = normal 0.3, float[48,5] wo = normal 0.3")));

    [Fact]
    public void Heads_of_fused_grouped_queries_are_heads() => Assert.Equal("heads 2, heads 3", Kinds("""
        <ir_version: 11, opset_import: ["" : 21, "com.microsoft" : 1]> g (float[N,6,16] x, int32[N,1] n, int32 t) => (float[N,6,5] y)
        <float[16,48] wq = normal 0.3, float[16,16] wk = normal 0.3, float[16,16] wv = normal 0.3, float[48,5] wo = normal 0.3>
        {
            q = MatMul (x, wq)  k = MatMul (x, wk)  v = MatMul (x, wv)
            a = com.microsoft.GroupQueryAttention <num_heads = 6, kv_num_heads = 2> (q, k, v, , , n, t)  y = MatMul (a, wo)
        }
        """));

    [Fact]
    public void Attention_with_its_own_packed_weight_has_heads() => Assert.Equal("heads 4, head-size 8, head-size 8", Kinds("""
        <ir_version: 11, opset_import: ["" : 21, "com.microsoft" : 1]> g (float[N,6,16] x) => (float[N,6,5] y)
        <float[16,96] w = normal 0.3, float[96] b = normal 0.3, float[32,5] wo = normal 0.3>
        { a = com.microsoft.Attention <num_heads = 4> (x, w, b)  y = MatMul (a, wo) }
        """));

    [Fact]
    public void Heads_of_queries_that_all_read_the_same_keys_are_heads() => Assert.Equal("heads 4, head-size 6, head-size 8", Kinds("""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,T,16] x) => (float[N,T,5] y)
        <float[16,24] wq = normal 0.3, float[16,6] wk = normal 0.3, float[16,8] wv = normal 0.3, float[32,5] wo = normal 0.3,
         int64[4] s = {0, 0, 4, 6}, int64[3] m = {0, 0, 32}, int64[1] axis = {1}>
        {
            q = MatMul (x, wq)  k = MatMul (x, wk)  v = MatMul (x, wv)  q1 = Reshape (q, s)  q2 = Transpose <perm = [0,2,1,3]> (q1)
            k1 = Transpose <perm = [0,2,1]> (k)  k2 = Unsqueeze (k1, axis)  v2 = Unsqueeze (v, axis)
            a = MatMul (q2, k2)  w = Softmax <axis = -1> (a)  o = MatMul (w, v2)
            o1 = Transpose <perm = [0,2,1,3]> (o)  o2 = Reshape (o1, m)  y = MatMul (o2, wo)
        }
        """));

    [Fact]
    public void Nested_levels_together_lose_the_share_of_the_local_scope()
    {
        Pruned(Attention, Granularity.All, "channels=50%", out var plan, Scope.Local);
        Assert.Equal([2, 6, 8], plan.Groups.Select(g => g.KeptCount));
        Pruned(Grouped, Granularity.All, "channels=50%", out plan, Scope.Local);
        Assert.Equal([2, 4, 6], plan.Groups.Select(g => g.KeptCount));
        Pruned(Shuffled, Granularity.Auto, "channels=50%", out plan, Scope.Local);
        Assert.Equal([2, 6], plan.Groups.Select(g => g.KeptCount));
    }

    [Fact]
    public void The_inner_level_loses_what_the_outer_level_cannot()
    {
        Pruned(Attention, Granularity.All, "channels=10%", out var plan, Scope.Local);
        Assert.Equal([1, 2, 3], plan.Groups.Select(g => g.KeptCount));
        Pruned(Attention, Granularity.Parse("heads,head-size"), "channels=25%", out plan, Scope.Local);
        Assert.Equal([1, 6, 8], plan.Groups.Select(g => g.KeptCount));
    }

    // Both orders occur: the variables are nested in each other.
    private const string Shuffled = """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y)
        <float[24,3,1,1] a = normal 0.5, float[4,24,1,1] b = normal 0.3, int64[5] apart = {0, 4, 6, 4, 4}, int64[4] together = {0, 24, 4, 4}>
        {
            p = Conv (x, a)  r = Relu (p)  s = Reshape (r, apart)  t = Transpose <perm = [0,2,1,3,4]> (s)  u = Reshape (t, together)  y = Conv (u, b)
        }
        """;

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

    private static IEnumerable<string?> Pruned(string model, Granularity granularity, string budget, out PruningDecision plan, Scope scope = Scope.Global)
    {
        var options = new PruneOptions { Budget = Budget.Parse(budget), Granularity = granularity, Allocation = new AllocationOptions(scope) };
        plan = Planner.Plan(Analysis.Of(model), options);
        return plan.Groups.Where(g => g.KeptCount < g.Size).Select(g => g.Kind).Distinct().ToList();
    }
}
