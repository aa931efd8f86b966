using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

/// <summary>Multiples that kernels like are taken where they cost little, and left where they cost much; what someone says is done.</summary>
public class UsualMultiplesTests
{
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3] x) => (float[N,2] y) <float[3,16] a = normal 0.1, float[16,64] b = normal 0.1, float[64,2] c = normal 0.1>
        { h = MatMul(x, a) i = MatMul(h, b) y = MatMul(i, c) }
        """);

    [Fact]
    public void They_are_taken_where_they_cost_little()
    {
        var (limits, notes) = Decide(Even, new AllocationOptions());
        Assert.Null(limits.RoundTo);
        Assert.Empty(notes);
    }

    [Fact]
    public void They_are_left_where_they_leave_much_of_the_budget_unspent()
    {
        var single = Analysis.Of("g (float[N,3] x) => (float[N,2] y) <float[3,16] a = normal 0.1, float[16,2] b = normal 0.1> { h = MatMul(x, a) y = MatMul(h, b) }");
        var curves = GroupCurve.Of(single.Groups, [new double[16]]);
        var (limits, notes) = UsualMultiples.Decide(single, curves, new Budget(BudgetKind.Macs, 0.7), new AllocationOptions());
        Assert.Equal(1, limits.RoundTo);
        Assert.Contains("would leave 50.0%", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_left_where_they_cost_much_and_a_note_says_so()
    {
        // Seven of the sixteen matter, and six channels of the other group.
        var (limits, notes) = Decide(Steep, new AllocationOptions());
        Assert.Equal(1, limits.RoundTo);
        Assert.Matches(@"^multiples of 4 or 8 channels, which are faster, would lose [0-9.]+ times as much: ", Assert.Single(notes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_someone_says_is_done(int roundTo)
    {
        var (limits, notes) = Decide(Steep, new AllocationOptions(RoundTo: roundTo));
        Assert.Equal(roundTo, limits.RoundTo);
        Assert.Empty(notes);
    }

    [Fact]
    public void Budgets_of_latency_are_for_fast_kernels() =>
        Assert.Null(UsualMultiples.Decide(
            analysis, Curves(analysis.Groups, Steep), new Budget(BudgetKind.Latency, 0.5), new AllocationOptions()).Limits.RoundTo);

    [Fact]
    public void The_plan_says_what_was_decided()
    {
        PruningDecision Plan(Func<ChannelGroup, int, double> loss, int? roundTo) => Planner.Plan(
            analysis,
            new PruneOptions { Budget = Half, Criterion = CriterionTable.Named("obs"), Allocation = new AllocationOptions(RoundTo: roundTo) },
            groups => Curves(groups, loss));

        Assert.Null(Plan(Even, null).Options.RoundTo);
        var steep = Plan(Steep, null);
        Assert.Equal(1, steep.Options.RoundTo);
        Assert.Single(steep.Notes!);
        Assert.Equal(Plan(Steep, 1).Groups.Select(g => g.Kept), steep.Groups.Select(g => g.Kept));
        Assert.All(Plan(Even, null).Groups, g => Assert.Equal(0, g.KeptCount % 4));
    }

    private static Budget Half => new(BudgetKind.Macs, 0.5);

    private static double Even(ChannelGroup group, int removed) => (double)removed * removed / group.Size;

    private static double Steep(ChannelGroup group, int removed) => group.Size == 16 ? (removed <= 9 ? 1e-3 * removed : removed) : 1e-3 * removed * removed;

    private (AllocationOptions Limits, IReadOnlyList<string> Notes) Decide(Func<ChannelGroup, int, double> loss, AllocationOptions limits) =>
        UsualMultiples.Decide(analysis, Curves(analysis.Groups, loss), Half, limits);

    private static IReadOnlyList<GroupCurve> Curves(IReadOnlyList<ChannelGroup> groups, Func<ChannelGroup, int, double> loss) =>
    [
        .. groups.Select(g => new GroupCurve(g, [.. Enumerable.Range(0, g.Size)], [.. Enumerable.Range(0, g.Size + 1).Select(k => loss(g, k))])),
    ];
}
