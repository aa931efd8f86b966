using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

public class AllocatorTests
{
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3,16,16] x) => (float[N,2] y)
        <float[32,3,3,3] w1 = normal 0.1, float[24,32,3,3] w2 = normal 0.2, float[16,24,3,3] w3 = normal 0.3, float[1600,2] w4 = normal 0.1>
        { a = Conv(x, w1) b = Relu(a) c = Conv(b, w2) d = Relu(c) e = Conv(d, w3) f = Relu(e) h = Flatten(f) y = MatMul(h, w4) }
        """);

    public static TheoryData<Scope, BudgetKind, double> Budgets
    {
        get
        {
            var budgets = new TheoryData<Scope, BudgetKind, double>();
            foreach (var scope in Enum.GetValues<Scope>())
                foreach (var kind in Enum.GetValues<BudgetKind>().Where(k => k != BudgetKind.Latency))
                    foreach (double share in new[] { 1, 0.9, 0.5, 0.25 }) budgets.Add(scope, kind, share);
            return budgets;
        }
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public void The_budget_is_met_within_one_channel(Scope scope, BudgetKind kind, double share)
    {
        var kept = Allocate(new Budget(kind, share), new AllocationOptions(scope, RoundTo: 1));
        double limit = Measure(kind, All()) * share;
        Assert.InRange(Measure(kind, kept), 0, limit);
        if (share == 1) Assert.Equal(All(), kept);
        else Assert.Contains(WithOneRestored(kept), restored => Measure(kind, restored) > limit);
        if (scope != Scope.Local) Assert.All(WithOneRestored(kept), restored => Assert.True(Measure(kind, restored) > limit));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Kept_channels_are_multiples(int roundTo)
    {
        var kept = Allocate(new Budget(BudgetKind.Macs, 0.4), new AllocationOptions(RoundTo: roundTo));
        Assert.All(kept, mask => Assert.Equal(0, mask.Count(k => k) % roundTo));
    }

    // Groups of 32, 24 and 16.
    [Theory]
    [InlineData(0.8)]
    [InlineData(0.5)]
    [InlineData(0.3)]
    public void Kept_channels_are_multiples_of_four_unless_someone_says_otherwise(double share)
    {
        var kept = Allocate(new Budget(BudgetKind.Macs, share), new AllocationOptions());
        Assert.All(kept, mask => Assert.Equal(0, mask.Count(k => k) % 4));
        Assert.Contains(false, kept.SelectMany(mask => mask));
    }

    [Fact]
    public void Multiples_do_not_limit_what_can_be_reached()
    {
        foreach (var limits in new[] { new AllocationOptions(), new AllocationOptions(MinChannels: 3), new AllocationOptions(MaxSparsity: 0.3) })
        {
            double least = Allocator.Least(analysis, analysis.Groups, BudgetKind.Macs, limits with { RoundTo = 1 });
            Assert.Equal(least, Allocator.Least(analysis, analysis.Groups, BudgetKind.Macs, limits), 1e-12);
            Assert.True(Allocator.Least(analysis, analysis.Groups, BudgetKind.Macs, limits with { RoundTo = 8 }) > least);
        }
    }

    [Theory]
    [InlineData(6, 1, "5 4 3 2 1")]
    [InlineData(16, 1, "12 8 4 3 2 1")]
    [InlineData(24, 6, "20 16 12 8 7 6")]
    [InlineData(64, 44, "60 56 52 48 44")]
    [InlineData(128, 96, "120 112 104 96")]
    [InlineData(134, 125, "128 127 126 125")]
    [InlineData(16, 15, "15")]
    public void Small_groups_keep_any_number_and_larger_ones_multiples_of_four_or_eight(int size, int least, string kept)
    {
        var group = Analysis.Of($$"""
            g (float[N,3] x) => (float[N,2] y) <float[3,{{size}}] a = normal 0.1, float[{{size}},2] b = normal 0.1> { h = MatMul(x, a) y = MatMul(h, b) }
            """).Groups[0];
        int[] removals = [.. GroupSteps.Removals(group, new AllocationOptions(MinChannels: least), 1)];
        Assert.Equal($"{size} {kept}", string.Join(' ', removals.Select(r => size - r)));
    }

    [Fact]
    public void A_group_whose_size_is_no_multiple_is_left_whole_or_cut_to_one()
    {
        foreach (double share in new[] { 0.95, 0.8, 0.6, 0.4 })
        {
            var kept = Allocate(new Budget(BudgetKind.Macs, share), new AllocationOptions(RoundTo: 7));
            Assert.All(kept, mask => Assert.True(mask.Count(k => k) == mask.Length || mask.Count(k => k) % 7 == 0));
        }
    }

    [Fact]
    public void Every_group_keeps_its_least_number_of_channels()
    {
        var kept = Allocate(new Budget(BudgetKind.Macs, 0.35), new AllocationOptions(MinChannels: 12));
        Assert.All(kept, mask => Assert.InRange(mask.Count(k => k), 12, mask.Length));
    }

    [Fact]
    public void No_group_loses_more_than_its_largest_share()
    {
        var kept = Allocate(new Budget(BudgetKind.Macs, 0.6), new AllocationOptions(MaxSparsity: 0.3));
        Assert.All(kept, mask => Assert.InRange(mask.Count(k => !k), 0, (int)(mask.Length * 0.3)));
    }

    [Fact]
    public void At_least_one_channel_stays()
    {
        double least = Measure(
            BudgetKind.Channels, [.. All().Select(m => m.Select((_, i) => i == 0).ToArray())]) / Measure(BudgetKind.Channels, All());
        var kept = Allocate(new Budget(BudgetKind.Channels, least), new AllocationOptions());
        Assert.All(kept, mask => Assert.Equal(1, mask.Count(k => k)));
    }

    [Theory]
    [InlineData(Scope.Global)]
    [InlineData(Scope.Dp)]
    public void A_tenth_of_every_group_stays_where_the_budget_can_be_met_with_that(Scope scope)
    {
        var kept = Allocate(new Budget(BudgetKind.Channels, 0.15), new AllocationOptions(scope), Misleading());
        Assert.All(kept, mask => Assert.InRange(mask.Count(k => k), Math.Ceiling(mask.Length * 0.1), mask.Length));
        Assert.Contains(Allocate(new Budget(BudgetKind.Channels, 0.15), new AllocationOptions(scope, MaxSparsity: 1), Misleading()), mask =>
            mask.Count(k => k) == 1);
    }

    [Fact]
    public void A_channel_that_saves_more_leaves_before_one_that_matters_as_much()
    {
        var even = analysis.Groups.Select(g => GroupCurve.Of(g, [.. Enumerable.Repeat(1.0, g.Size)])).ToList();
        var kept = Allocate(new Budget(BudgetKind.Macs, 0.9), new AllocationOptions(), even);
        double[] savings =
        [
            .. Enumerable.Range(0, 3).Select(
                g => Measure(BudgetKind.Macs, All()) - Measure(BudgetKind.Macs, [.. All().Select((mask, i) => i == g ? mask[1..] : mask)]))];
        Assert.Equal(Array.IndexOf(savings, savings.Max()), Enumerable.Range(0, 3).MaxBy(g => kept[g].Count(k => !k)));
    }

    [Fact]
    public void What_saves_nothing_of_this_budget_is_left_whole()
    {
        var gathered = Analysis.Of("""
            <ir_version: 8, opset_import: ["" : 17]> g (float[N,5] x, float[6] s = normal 1) => (float[N,2] y)
            <float[8] scale = normal 0.1, float[5,8] w = normal 0.1, float[8,2] v = normal 0.1, float[6] t = normal 1>
            { h = MatMul(x, w) i = Mul(h, scale) j = MatMul(i, v) a = Add(s, t) b = ReduceSum <keepdims = 0> (a) y = Add(j, b) }
            """);
        Assert.Equal(2, gathered.Groups.Count);
        foreach (var scope in new[] { Scope.Global, Scope.Dp, Scope.Search })
        {
            var kept = Allocator.Allocate(gathered, Curves(gathered), new Budget(BudgetKind.Macs, 0.5), new AllocationOptions(scope));
            Assert.Equal([4, 6], kept.Select(mask => mask.Count(k => k)));
        }
    }

    [Fact]
    public void Local_scope_takes_the_same_share_of_every_group()
    {
        var kept = Allocate(new Budget(BudgetKind.Channels, 0.5), new AllocationOptions(Scope.Local));
        Assert.All(kept, mask => Assert.Equal(mask.Length / 2.0, mask.Count(k => k), 1.0));
    }

    [Fact]
    public void The_least_important_channels_leave_and_ties_keep_the_lower_index()
    {
        var curves = analysis.Groups.Select(g => GroupCurve.Of(g, [.. Enumerable.Range(0, g.Size).Select(i => i < 4 ? 0.5 : 1.0)])).ToList();
        var kept = Allocate(new Budget(BudgetKind.Channels, 1 - (3.0 / 72)), new AllocationOptions(RoundTo: 1), curves);
        Assert.Equal([false, false, false], kept[0][1..4]);
        Assert.True(kept[0][0]);
        Assert.All(kept.Skip(1), mask => Assert.DoesNotContain(false, mask));
    }

    [Fact]
    public void A_budget_out_of_reach_names_what_is_pinned_and_why()
    {
        var pinned = Analysis.Of("""
            g (float[N,3] x) => (float[N,4] y) <float[3,8] w = normal 0.1, float[8,6] v = normal 0.1, float[6,4] u = normal 0.1>
            { h = MatMul(x, w) [gate] s = Hardmax(h) i = MatMul(s, v) j = Relu(i) y = MatMul(j, u) }
            """);
        var error = Assert.Throws<OnnxPruneException>(
            () => Allocator.Allocate(pinned, Curves(pinned), new Budget(BudgetKind.Params, 0.01), new AllocationOptions()));
        Assert.Equal(ErrorCodes.BudgetOutOfReach, error.Code);
        Assert.Contains("Hardmax gate: selects an index of this axis", error.Message, StringComparison.Ordinal);
        Assert.Contains("params=1%", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_prune_is_an_error_that_names_the_obstacle()
    {
        var pinned = Analysis.Of("""
            g (float[N,3] x) => (float[N,4] y) <float[3,8] w = normal 0.1, float[8,4] u = normal 0.1>
            { h = MatMul(x, w) [gate] s = Hardmax(h) y = MatMul(s, u) }
            """);
        var error = Assert.Throws<OnnxPruneException>(
            () => Allocator.Allocate(pinned, Curves(pinned), new Budget(BudgetKind.Macs, 0.5), new AllocationOptions()));
        Assert.Equal(ErrorCodes.NothingToPrune, error.Code);
        Assert.Contains("Hardmax gate", error.Message, StringComparison.Ordinal);
    }

    private static List<GroupCurve> Curves(ModelAnalysis analysis) =>
        [
            .. analysis.Groups.Zip(
                ImportanceScores.Compute(analysis, analysis.Groups, new EuclideanNorm(), Aggregation.Sum, ScoreNormalization.Mean, 0),
                GroupCurve.Of)];

    // One group seems to be worth nothing.
    private List<GroupCurve> Misleading() =>
        [.. analysis.Groups.Select((g, i) => GroupCurve.Of(g, [.. Enumerable.Repeat(i == 1 ? 0.001 : 1, g.Size)]))];

    private IReadOnlyList<bool[]> Allocate(Budget budget, AllocationOptions options, IReadOnlyList<GroupCurve>? curves = null) =>
        Allocator.Allocate(analysis, curves ?? Curves(analysis), budget, options);

    private List<bool[]> All() => [.. analysis.Groups.Select(g => Enumerable.Repeat(true, g.Size).ToArray())];

    private double Measure(BudgetKind kind, IReadOnlyList<bool[]> kept)
    {
        var counts = analysis.Groups.Zip(kept).ToDictionary(p => p.First.Variable, p => (long?)p.Second.Count(k => k));
        var cost = analysis.Cost.Total(leaf => counts.GetValueOrDefault(leaf));
        return kind switch { BudgetKind.Macs => cost.Macs, BudgetKind.Params => cost.Parameters, BudgetKind.Bytes => cost.Bytes, _ => counts.Values.Sum()!.Value };
    }

    // The allocations in which one group has one channel more.
    private static IEnumerable<IReadOnlyList<bool[]>> WithOneRestored(IReadOnlyList<bool[]> kept) =>
        from g in Enumerable.Range(0, kept.Count)
        let channel = Array.IndexOf(kept[g], false)
        where channel >= 0
        select kept.Select((mask, i) => i == g ? mask.Select((k, c) => k || c == channel).ToArray() : mask).ToList();
}
