using System.Text.Json;
using System.Text.RegularExpressions;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Documents;

/// <summary>docs/reports.md names the keys of every report, no more and no fewer.</summary>
[Collection(PrunedLeNetTests.Name)]
public sealed partial class ReportsDocumentTests(PrunedLeNet pruned) : IDisposable
{
    // Their keys are names from the model.
    private static readonly string[] Dictionaries =
        ["dimensions", "options.dimensions", "verification.runs[].inputs", "latency[].inputs", "latency.inputs"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_keys_of_prune_are_documented()
    {
        string[] recovering =
        [
            "--budget", "macs=70%", "--criterion", "l2", "--calibration", "synthetic", "--samples", "16", "--no-cache", "--no-verify", "--bench",
            "--runs", "2", "--json"];
        var recovered = Tool.Run(["prune", TestModels.LeNet, "-o", folder.File("recovered.onnx"), .. recovering]);
        var plan = Tool.Run("plan", TestModels.Small(folder), "-o", folder.File("plan.json"), "--budget", "params=80%", "--json");

        Assert.Equal(
            Documented("`prune`, `apply`, `plan`"),
            Keys(pruned.Result.Json).Union(Keys(plan.Json)).Union(Keys(recovered.Json)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_keys_of_verify_are_documented()
    {
        var result = Tool.Run("verify", TestModels.LeNet, pruned.Model, "--plan", pruned.Plan, "--json");

        Assert.Equal(Documented("`verify`"), Keys(result.Succeeded().Json));
    }

    [Fact]
    public void The_keys_of_eval_are_documented() =>
        Assert.Equal(Documented("`eval`"), Keys(Tool.Run(["eval", TestModels.LeNet, "--json", .. TestModels.Mnist]).Succeeded().Json));

    [Fact]
    public void The_keys_of_bench_are_documented() =>
        Assert.Equal(Documented("`bench`"), Keys(Tool.Run("bench", TestModels.LeNet, pruned.Model, "--runs", "2", "--json").Succeeded().Json));

    [Fact]
    public void The_keys_of_sensitivity_are_documented()
    {
        var result = Tool.Run("sensitivity", TestModels.LeNet, "--samples", "16", "--no-cache", "--format", "json").Succeeded();
        string[] warnings = ["warnings[].code", "warnings[].message"];

        Assert.Equal(Documented("`sensitivity`"), Keys(result.Json).Union(warnings).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_keys_of_inspect_are_documented() =>
        Assert.Equal(Documented("`inspect`"), Keys(Tool.Run("inspect", TestModels.Small(folder), "--format", "json").Succeeded().Json));

    [Fact]
    public void The_keys_of_explanations_are_documented()
    {
        string model = TestModels.Small(folder);
        var pinned = Tool.Run("inspect", model, "--explain", "side_weight[0]", "--format", "json").Succeeded();
        var group = Tool.Run("inspect", model, "--explain", "stem_weight[0]", "--format", "json").Succeeded();

        Assert.Equal(Documented("`explain`"), Keys(pinned.Json).Union(Keys(group.Json)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_keys_of_macs_are_documented() =>
        Assert.Equal(Documented("`macs`"), Keys(Tool.Run("macs", TestModels.Small(folder), "--format", "json").Succeeded().Json));

    // On a machine with all that TensorRT needs, nothing is missing.
    [Fact]
    public void The_keys_of_doctor_are_documented()
    {
        string[] missing = ["providers[].missing[].what", "providers[].missing[].files", "providers[].missing[].cure"];

        var keys = Keys(Tool.Run("doctor", "--json").Succeeded().Json).Union(missing).Order(StringComparer.Ordinal);

        Assert.Equal(Documented("`doctor`"), keys);
    }

    private static List<string> Documented(string heading)
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/reports.md"));
        string section = document.Split("\n## ").Single(s => s.StartsWith(heading + "\n", StringComparison.Ordinal));
        return [.. Row().Matches(section).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
    }

    private static List<string> Keys(JsonElement document) => [.. Keys(document, "").Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Keys(JsonElement element, string path) => element.ValueKind switch
    {
        _ when Dictionaries.Contains(path) => [],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Keys(item, path + "[]")),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Member(p, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        _ => [],
    };

    private static IEnumerable<string> Member(JsonProperty property, string path) => Keys(property.Value, path).Prepend(path);

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
