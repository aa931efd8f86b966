using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Testing;

namespace OnnxPrune.Planning;

public class CriterionPlanTests
{
    private static readonly PruneOptions Half = new() { Budget = new Budget(BudgetKind.Params, 0.6) };

    private readonly ModelAnalysis analysis = Analysis.Of("""
        g (float[N,3] x) => (float[N,2] y) <float[3,8] a = normal 1, float[8,8] b = normal 1, float[8,2] c = normal 1>
        { h = MatMul (x, a) r = Relu (h) i = MatMul (r, b) s = Relu (i) y = MatMul (s, c) }
        """);

    public static TheoryData<string> WeightCriteria => [.. CriterionTable.All.Where(c => c.Needs == CriterionNeeds.Weights).Select(c => c.Name)];

    public static TheoryData<string> Others => [.. CriterionTable.All.Where(c => c.Needs != CriterionNeeds.Weights).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(WeightCriteria))]
    public void A_plan_names_its_criterion_and_keeps_what_scores_most(string name)
    {
        var criterion = (WeightCriterion)CriterionTable.Named(name);
        foreach (var normalization in Enum.GetValues<ScoreNormalization>())
        {
            var options = Half with { Criterion = criterion, Aggregation = Aggregation.Max, Normalization = normalization };
            var plan = Planner.Plan(analysis, options);
            Assert.Equal(
                (name, "max", normalization.ToString().ToLowerInvariant()),
                (plan.Options.Criterion, plan.Options.Aggregation, plan.Options.Normalization));
            var scores = ImportanceScores.Compute(analysis, analysis.Groups, criterion, Aggregation.Max, normalization, seed: 0);
            foreach (var (group, own) in plan.Groups.Zip(scores))
            {
                bool[] kept = KeptRanges.Parse(group.Kept, group.Size);
                double least = own.Where((_, c) => kept[c]).Min();
                Assert.All(own.Where((_, c) => !kept[c]), s => Assert.True(s <= least));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_criterion_that_needs_data_is_refused_without_them(string name)
    {
        var error = Assert.Throws<OnnxPruneException>(() => Planner.Plan(analysis, Half with { Criterion = CriterionTable.Named(name) }));
        Assert.Equal(ErrorCodes.InvalidOption, error.Code);
        Assert.Contains($"{name} needs calibration data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_from_elsewhere_decide_and_a_group_without_one_is_left_whole()
    {
        var plan = Planner.Plan(
            analysis, Half with { Criterion = CriterionTable.Named("projection") }, groups => [GroupCurve.Of(groups[1], [8, 1, 7, 2, 6, 3, 5, 4])]);
        Assert.Equal("0-7", plan.Groups[0].Kept);
        Assert.Null(plan.Groups[0].Importance);
        Assert.Equal("0,2,4", plan.Groups[1].Kept);
        Assert.Equal((1, 4.5, 8), (plan.Groups[1].Importance!.Min, plan.Groups[1].Importance!.Mean, plan.Groups[1].Importance!.Max));
        Assert.Equal("projection", plan.Options.Criterion);
    }
}
