using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

public class ScoreCurvesTests
{
    // The residual group costs several times what the inner ones do.
    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3] x) => (float[N,2] y)
        <float[3,8] a = normal 0.1, float[8,8] b = normal 0.1, float[8,8] c = normal 0.1, float[8,8] d = normal 0.1, float[8,8] e = normal 0.1, float[8,2] f = normal 0.1>
        { r = MatMul(x, a) h = MatMul(r, b) i = Relu(h) j = MatMul(i, c) s = Add(r, j) k = MatMul(s, d) l = Relu(k) m = MatMul(l, e) t = Add(s, m) y = MatMul(t, f) }
        """);

    [Theory]
    [InlineData(BudgetKind.Macs)]
    [InlineData(BudgetKind.Params)]
    [InlineData(BudgetKind.Bytes)]
    [InlineData(BudgetKind.Channels)]
    public void The_first_channels_to_leave_are_those_of_the_lowest_normalised_scores_whatever_they_cost(BudgetKind kind)
    {
        foreach (int lowest in Enumerable.Range(0, analysis.Groups.Count))
        {
            var scores = analysis.Groups.Select((g, i) => Enumerable.Repeat(i == lowest ? 0.9 : 1.0, g.Size).ToArray()).ToList();
            var curves = ScoreCurves.Of(analysis, analysis.Groups, scores, ScoreNormalization.Mean, kind);
            var problem = Allocator.Problem(analysis, curves, new Budget(kind, 0.999), new AllocationOptions());
            var kept = Allocator.Masks(problem, curves, GreedyAllocation.Solve(problem));
            Assert.Equal(lowest, kept.ToList().FindIndex(mask => mask.Contains(false)));
            Assert.Equal(1, kept.Sum(mask => mask.Count(k => !k)));
        }
    }

    [Fact]
    public void Scores_that_are_not_normalised_are_a_distortion_as_they_are()
    {
        var scores = analysis.Groups.Select(g => Enumerable.Range(0, g.Size).Select(c => c + 1.0).ToArray()).ToList();
        var curves = ScoreCurves.Of(analysis, analysis.Groups, scores, ScoreNormalization.None, BudgetKind.Macs);
        Assert.All(curves, curve => Assert.Equal([0, 1, 3, 6, 10, 15, 21, 28, 36], curve.Distortion));
    }
}
