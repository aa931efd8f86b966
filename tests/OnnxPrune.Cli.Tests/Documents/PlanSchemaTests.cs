using System.Text.Json.Nodes;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>Plans have the form that docs/plan.schema.json describes.</summary>
[Collection(PrunedLeNetTests.Name)]
public sealed class PlanSchemaTests(PrunedLeNet pruned)
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/plan.schema.json")))!;

    [Fact]
    public void A_plan_conforms_to_the_schema() => Assert.Empty(SchemaCheck.Violations(Schema, Plan()));

    [Fact]
    public void A_plan_with_groups_that_are_not_scored_conforms_to_the_schema()
    {
        using var folder = new TemporaryFolder();
        Tool.Run("plan", TestModels.Small(folder), "-o", folder.File("plan.json"), "--budget", "params=80%", "--calibration", "none");

        var plan = JsonNode.Parse(File.ReadAllText(folder.File("plan.json")))!;
        Assert.Empty(SchemaCheck.Violations(Schema, plan));
        Assert.Contains(plan["groups"]!.AsArray(), group => group!["importance"] is null);
    }

    [Fact]
    public void A_plan_with_calibration_data_conforms_to_the_schema()
    {
        using var folder = new TemporaryFolder();
        string[] options = ["--budget", "macs=80%", "--criterion", "act-norm", "--recover", "bn,bias", "--samples", "16", "--no-cache"];
        Tool.Run(["plan", TestModels.LeNet, "-o", folder.File("plan.json"), .. options]).Succeeded();

        var plan = JsonNode.Parse(File.ReadAllText(folder.File("plan.json")))!;
        Assert.Empty(SchemaCheck.Violations(Schema, plan));
        Assert.Equal("bias,bn", plan["options"]!["recover"]!.GetValue<string>());
        Assert.Equal(Properties(Schema["properties"]!["options"]!["properties"]!["calibration"]!), Properties(plan["options"]!["calibration"]!));
        plan["options"]!["criterion"] = "file:some scores.npz";
        Assert.Empty(SchemaCheck.Violations(Schema, plan));
    }

    [Fact]
    public void The_schema_describes_nothing_that_plans_do_not_have()
    {
        var plan = Plan();

        Assert.Equal(Properties(Schema), Properties(plan));
        Assert.Equal(Properties(Schema["properties"]!["options"]!), Properties(plan["options"]!));
        Assert.Equal(Properties(Schema["$defs"]!["group"]!), Properties(plan["groups"]![0]!));
    }

    [Theory]
    [InlineData("schema", "2")]
    [InlineData("tool", "null")]
    [InlineData("model", "{}")]
    [InlineData("surprise", "1")]
    [InlineData("groups", "[{\"id\": \"a[0]\", \"size\": 2, \"kept\": \"0-\", \"keptCount\": 1, \"exact\": true, \"slices\": []}]")]
    public void What_is_no_plan_does_not_conform(string key, string value)
    {
        var plan = Plan();
        plan[key] = JsonNode.Parse(value);

        Assert.NotEmpty(SchemaCheck.Violations(Schema, plan));
    }

    private JsonNode Plan() => JsonNode.Parse(File.ReadAllText(pruned.Plan))!;

    private static IEnumerable<string> Properties(JsonNode node) =>
        (node["properties"] ?? node).AsObject().Select(p => p.Key).Order(StringComparer.Ordinal);
}
