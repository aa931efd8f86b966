using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

public class AllocationSearchTests
{
    private static readonly Budget Half = new(BudgetKind.Macs, 0.5);
    private static readonly SearchOptions Options = new(Population: 8, Generations: 8, Seed: 3);

    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3,16,16] x) => (float[N,2] y)
        <float[32,3,3,3] w1 = normal 0.1, float[24,32,3,3] w2 = normal 0.2, float[16,24,3,3] w3 = normal 0.3, float[1600,2] w4 = normal 0.1>
        { a = Conv(x, w1) b = Relu(a) c = Conv(b, w2) d = Relu(c) e = Conv(d, w3) f = Relu(e) h = Flatten(f) y = MatMul(h, w4) }
        """);

    // Curves tell that all channels are worth the same.
    private List<GroupCurve> Curves => [.. analysis.Groups.Select(g => GroupCurve.Of(g, [.. Enumerable.Repeat(1.0, g.Size)]))];

    [Fact]
    public void It_finds_what_curves_do_not_tell()
    {
        var found = Search(Score);
        Assert.InRange(found.Score, 0, 0.8 * found.First);
        Assert.Equal(found.Score, Score(found.Kept));
        Assert.Equal(found.First, Score(Allocator.Allocate(analysis, Curves, Half, new AllocationOptions(Scope.Dp, RoundTo: 1))));
    }

    [Fact]
    public void All_that_is_scored_meets_the_budget_tightly_and_is_scored_once()
    {
        var problem = Allocator.Problem(analysis, Curves, Half, new AllocationOptions(Scope.Search, RoundTo: 1));
        var seen = new HashSet<string>();
        var found = Search(kept =>
        {
            int[] removed = [.. kept.Select(mask => mask.Count(k => !k))];
            var point = problem.PointAt(removed);
            Assert.InRange(point.Total, 0, problem.Limit);
            Assert.All(Enumerable.Range(0, 3).Where(g => removed[g] > 0), g =>
                Assert.True(point.Total - point.Saving(g, problem.Groups[g].Kept(removed[g] - 1)) > problem.Limit));
            Assert.True(seen.Add(string.Join(',', removed)));
            return Score(kept);
        });
        Assert.Equal(seen.Count, found.Evaluations);
        Assert.InRange(found.Evaluations, 30, Options.Population * (Options.Generations + 1));
    }

    [Fact]
    public void A_seed_gives_one_result_and_others_another_course()
    {
        var first = Course(Options);
        Assert.Equal(first, Course(Options));
        Assert.NotEqual(first, Course(Options with { Seed = 4 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(20)]
    public void A_search_that_was_interrupted_goes_on_to_the_same_result(int after)
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        int calls = 0;
        double Counted(IReadOnlyList<bool[]> kept)
        {
            if (++calls == after) stop.Cancel();
            return Score(kept);
        }

        Assert.Throws<OperationCanceledException>(() => Search(Counted, folder.File("state.json"), cancellation: stop.Token));
        var progress = new List<SearchProgress>();
        var resumed = Search(Counted, folder.File("state.json"), progress.Add);
        var whole = Search(Score);
        Assert.Equal(whole.Kept, resumed.Kept);
        Assert.Equal((whole.Score, whole.Evaluations), (resumed.Score, resumed.Evaluations));
        Assert.Equal(whole.Evaluations, calls);
        Assert.Equal(Enumerable.Range(1, whole.Evaluations), progress.Select(p => p.Evaluation));
        Assert.Equal(progress.Select(p => p.Best).OrderDescending(), progress.Select(p => p.Best));
        Assert.All(progress, p => Assert.Equal(72, p.Of));
    }

    [Fact]
    public void A_longer_search_goes_on_from_a_shorter_one()
    {
        using var folder = new TemporaryFolder();
        Search(Score, folder.File("state.json"));
        int calls = 0;
        var longer = AllocationSearch.Run(
            analysis, Curves, Half, new AllocationOptions(Scope.Search, RoundTo: 1), Options with { Generations = 12 }, kept => Score(kept, ref calls),
            folder.File("state.json"));
        Assert.InRange(calls, 1, 4 * Options.Population);
        Assert.InRange(longer.Score, 0, Search(Score).Score);
    }

    [Fact]
    public void The_state_of_another_search_is_refused()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("state.json");
        Search(Score, file);
        AllOthers(file);
        File.WriteAllText(file, "{}");
        Refused(() => Search(Score, file));
    }

    [Fact]
    public void What_is_not_a_number_is_worst()
    {
        using var folder = new TemporaryFolder();
        int calls = 0;
        double Broken(IReadOnlyList<bool[]> kept) => calls++ < 5 ? double.NaN : Score(kept);
        var found = Search(Broken, folder.File("state.json"));
        Assert.True(double.IsFinite(found.Score));
        Assert.Equal(found.Kept, Search(_ => throw new InvalidOperationException("scored twice"), folder.File("state.json")).Kept);
    }

    [Fact]
    public void A_single_group_leaves_nothing_to_search()
    {
        var single = Analysis.Of(
            "g (float[N,3] x) => (float[N,4] y) <float[3,8] w = normal 0.1, float[8,4] u = normal 0.1> { h = MatMul(x, w) y = MatMul(h, u) }");
        var curves = single.Groups.Select(g => GroupCurve.Of(g, [.. Enumerable.Repeat(1.0, g.Size)])).ToList();
        var found = AllocationSearch.Run(single, curves, Half, new AllocationOptions(), Options, _ => 1);
        Assert.Equal(1, found.Evaluations);
        Assert.Equal(4, Assert.Single(found.Kept).Count(k => k));
    }

    private void AllOthers(string file)
    {
        var limits = new AllocationOptions(Scope.Search, RoundTo: 1);
        Refused(() => AllocationSearch.Run(analysis, Curves, new Budget(BudgetKind.Macs, 0.4), limits, Options, Score, file));
        Refused(() => AllocationSearch.Run(analysis, Curves, Half, limits with { RoundTo = 2 }, Options, Score, file));
        Refused(() => AllocationSearch.Run(analysis, Curves, Half, limits, Options with { Seed = 5 }, Score, file));
        Refused(() => AllocationSearch.Run(analysis, Curves, Half, limits, Options with { Objective = "other data" }, Score, file));
        Refused(() => AllocationSearch.Run(analysis, RandomCurves.Of(analysis, new SplitMix64(1)), Half, limits, Options, Score, file));
    }

    private static void Refused(Action search) => Assert.Equal(ErrorCodes.NotASearchState, Assert.Throws<OnnxPruneException>(search).Code);

    private SearchResult Search(
        Func<IReadOnlyList<bool[]>, double> score,
        string? file = null,
        Action<SearchProgress>? progress = null,
        CancellationToken cancellation = default) =>
        AllocationSearch.Run(analysis, Curves, Half, new AllocationOptions(Scope.Search, RoundTo: 1), Options, score, file, progress, cancellation);

    private List<string> Course(SearchOptions options)
    {
        var course = new List<string>();
        AllocationSearch.Run(analysis, Curves, Half, new AllocationOptions(Scope.Search, RoundTo: 1), options, kept =>
        {
            course.Add(string.Join(' ', kept.Select(mask => mask.Count(k => k))));
            return Score(kept);
        });
        return course;
    }

    private static double Score(IReadOnlyList<bool[]> kept, ref int calls)
    {
        calls++;
        return Score(kept);
    }

    // The middle group matters most, and the first not at all.
    private static double Score(IReadOnlyList<bool[]> kept) => (5.0 * kept[1].Count(k => !k)) + kept[2].Count(k => !k);
}
