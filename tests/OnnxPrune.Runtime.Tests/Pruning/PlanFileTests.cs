using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Pruning;

public class PlanFileTests
{
    [Fact]
    public void A_plan_with_a_group_that_was_not_scored_is_read_back()
    {
        var model = OnnxText.Parse("""
            g (float[N,3,8,8] x) => (float[N,4,8,8] y)
            <float[16,3,1,1] a = normal 1, float[8,16,1,1] b = normal 1, float[4,8,1,1] c = normal 1>
            { p = Conv (x, a)  q = Conv (p, b)  y = Conv (q, c) }
            """);
        var plan = Planner.Plan(ModelAnalysis.Run(new OnnxModel(model)), new PruneOptions { Budget = Budget.Parse("macs=80%"), Exclude = ["a"] }).ToPlan();
        using var folder = new TemporaryFolder();

        PlanFile.Save(plan, folder.File("plan.json"));

        Assert.Null(plan.Groups[0].Importance);
        Assert.Equal(PlanFile.ToJson(plan), PlanFile.ToJson(PlanFile.Load(folder.File("plan.json"))));
    }
}
