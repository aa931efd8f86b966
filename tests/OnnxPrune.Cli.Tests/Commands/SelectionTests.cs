using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>Scores and masks of other programs, and the search, on the command line.</summary>
public sealed class SelectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string model;

    public SelectionTests() => model = TestModels.Write(folder, "mlp.onnx", """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,16] x) => (float[N,4] y)
        <float[16,12] a = normal 0.3, float[12,8] b = normal 0.3, float[8,4] c = normal 0.3>
        { p = MatMul (x, a)  q = Relu (p)  r = MatMul (q, b)  s = Relu (r)  y = MatMul (s, c) }
        """);

    private string Output => folder.File("out.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Scores_from_a_file_decide_which_channels_leave()
    {
        string scores = ArrayFiles.WriteArchive(folder.File("scores.npz"), ("a[1]", [.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? 0.0 : 1)]));

        var report = Tool.Run(
            "prune", model, "-o", Output, "--budget", "params=56%", "--calibration", "none", "--criterion", $"file:{scores}", "--plan", folder.File("plan.json"), "--json")
            .Succeeded().Json;

        Assert.Equal($"file:{scores}", report.GetProperty("options").GetProperty("criterion").GetString());
        Assert.Equal([6, 8], report.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("kept").GetInt32()));
        Assert.Contains("\"1,3,5,7,9,11\"", File.ReadAllText(folder.File("plan.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_from_a_file_become_a_plan_without_a_budget()
    {
        string masks = ArrayFiles.WriteArchive(folder.File("masks.npz"), ("b[1]", [1, 0, 1, 1, 0, 1, 1, 1]));
        string plan = folder.File("plan.json");

        Tool.Run("plan", model, "-o", plan, "--from-masks", masks).Succeeded();
        var report = Tool.Run("apply", model, "--plan", plan, "-o", Output, "--json").Succeeded().Json;

        Assert.Equal($"masks:{masks}", report.GetProperty("options").GetProperty("criterion").GetString());
        Assert.Equal([12, 6], report.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("kept").GetInt32()));
    }

    [Fact]
    public void A_plan_without_a_budget_is_refused()
    {
        var result = Tool.Run("plan", model, "-o", folder.File("plan.json"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error OP2001: --budget is missing; give --budget macs=SHARE", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_is_run_again_reads_its_scores_from_the_state()
    {
        string state = folder.File("search.json"), asked = folder.File("asked.txt"), again = folder.File("again.onnx");
        string[] Prune(string output) =>
            [
                "prune", model, "-o", output, "--budget", "macs=60%", "--scope", "search", "--candidates", "4", "--search-state", state,
                "--metric-command", $"echo . >> {asked}; wc -c < {{model}}", "--no-verify"];

        Tool.Run(Prune(Output)).Succeeded();
        int evaluations = File.ReadAllLines(asked).Length;
        Tool.Run(Prune(again)).Succeeded();

        Assert.InRange(evaluations, 2, 4);
        Assert.Equal(evaluations, File.ReadAllLines(asked).Length);
        Assert.Equal(File.ReadAllBytes(Output), File.ReadAllBytes(again));
    }

    [Fact]
    public void A_search_without_a_metric_scores_the_outputs_on_calibration_data()
    {
        string[] options =
        [
            "--budget", "macs=60%", "--scope", "search", "--candidates", "4", "--samples", "64", "--search-state", folder.File("search.json"),
            "--no-cache"];

        Tool.Run(["prune", model, "-o", Output, .. options]).Succeeded();

        Assert.Contains("\"score\":0.", File.ReadAllText(folder.File("search.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_command_that_fails_is_named()
    {
        var result = Tool.Run("prune", model, "-o", Output, "--budget", "macs=60%", "--scope", "search", "--metric-command", "test -d {model}");

        result.FailedWith("OP6003");
        Assert.Contains("test -d {model}", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Several_steps_meet_the_budget()
    {
        var report = Tool.Run(
            "prune", model, "-o", Output, "--budget", "macs=50%", "--steps", "2", "--calibration", "synthetic", "--samples", "64", "--no-cache",
            "--json")
            .Succeeded().Json;

        Assert.InRange(
            report.GetProperty("after").GetProperty("macs").GetDouble() / report.GetProperty("before").GetProperty("macs").GetDouble(), 0.3, 0.5);
        Assert.Equal("verified", report.GetProperty("verification").GetProperty("verdict").GetString());
    }
}
