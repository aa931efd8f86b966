using OnnxPrune.Allocation;
using OnnxPrune.Testing;

namespace OnnxPrune.Planning;

/// <summary>A plan that says something impossible is refused, and numbers that JSON cannot hold never reach one.</summary>
public class DamagedPlanTests
{
    private const string Network = """
        g (float[N,3] x) => (float[N,4] y)
        <float[3,6] w1 = normal 0.1, float[6] b1 = normal 0.1, float[6,6] w2 = normal 0.1, float[6,4] w3 = normal 0.1>
        { h = Gemm(x, w1, b1) r = Relu(h) k = MatMul(r, w2) t = Relu(k) y = MatMul(t, w3) }
        """;

    private static readonly PruneOptions Half = new() { Budget = new Budget(BudgetKind.Channels, 0.5) };

    [Theory]
    [InlineData("\"mean\": 1", "\"mean\": 1e999")]
    [InlineData("\"mean\": 1", "\"mean\": -1e999")]
    [InlineData("\"mean\": 1", "\"mean\": NaN")]
    [InlineData("\"mean\": 1", "\"mean\": \"Infinity\"")]
    [InlineData("\"maxSparsity\": 0.9", "\"maxSparsity\": 1e400")]
    [InlineData("\"size\": 6", "\"size\": 2147483647")]
    [InlineData("\"size\": 6", "\"size\": -6")]
    [InlineData("\"size\": 6", "\"size\": 0")]
    [InlineData("\"keptCount\": ", "\"keptCount\": -")]
    [InlineData("\"keptCount\": ", "\"keptCount\": 1")]
    [InlineData("\"kept\": \"", "\"kept\": \"0-5,")]
    [InlineData("\"w2[1]\"", "\"w1[1]\"")]
    [InlineData("\"groups\": [", "\"groups\": [ null,")]
    [InlineData("\"slices\": [", "\"slices\": [ null,")]
    [InlineData("\"notes\": [", "\"notes\": [ null,")]
    [InlineData("\"include\": [", "\"include\": [ null")]
    [InlineData("\"kept\": \"", "\"kept\": \"0-99999999999,")]
    public void It_is_refused(string text, string damaged)
    {
        using var folder = new TemporaryFolder();
        var analysis = Analysis.Of(Network);
        string json = PlanFile.ToJson(Planner.Plan(analysis, Half).ToPlan());
        Assert.Contains(text, json, StringComparison.Ordinal);
        int at = json.IndexOf(text, StringComparison.Ordinal);
        File.WriteAllText(folder.File("plan.json"), json[..at] + damaged + json[(at + text.Length)..]);
        var error = Assert.Throws<OnnxPruneException>(() => PruningDecision.Of(analysis, PlanFile.Load(folder.File("plan.json"))));
        Assert.Equal(ErrorCodes.NotAPlan, error.Code);
    }

    [Theory]
    [InlineData(float.NaN, "l2")]
    [InlineData(float.PositiveInfinity, "l2")]
    [InlineData(float.NegativeInfinity, "l1")]
    [InlineData(float.MaxValue, "l2")]
    [InlineData(float.NaN, "l1")]
    [InlineData(float.NaN, "linf")]
    public void A_weight_that_is_no_number_does_not_keep_a_plan_from_being_written(float value, string criterion)
    {
        using var folder = new TemporaryFolder();
        var model = OnnxText.Parse(Network);
        var weight = model.Graph.Initializer.Single(t => t.Name == "w1");
        weight.RawData = Google.Protobuf.ByteString.CopyFrom([.. BitConverter.GetBytes(value), .. weight.RawData.ToByteArray()[4..]]);
        var analysis = ModelAnalysis.Run(new OnnxModel(model));
        var decision = Planner.Plan(analysis, Half with { Criterion = CriterionTable.Named(criterion) });
        PlanFile.Save(decision.ToPlan(), folder.File("plan.json"));
        var read = PruningDecision.Of(analysis, PlanFile.Load(folder.File("plan.json")));
        Assert.Equal(decision.Groups.Select(g => g.Kept), read.Groups.Select(g => g.Kept));
    }
}
