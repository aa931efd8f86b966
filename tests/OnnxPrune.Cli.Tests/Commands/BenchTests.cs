using System.Text.Json;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>Latency on the command line.</summary>
[Collection(PrunedLeNetTests.Name)]
public sealed class BenchTests(PrunedLeNet pruned) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_models_are_measured_at_each_batch_and_compared()
    {
        var report = Tool.Run("bench", TestModels.LeNet, pruned.Model, "--runs", "4", "--batch", "1,8", "--json").Succeeded().Json;

        var latency = report.GetProperty("latency").EnumerateArray().ToList();
        Assert.Equal([1, 8], latency.Select(l => l.GetProperty("inputs").GetProperty("image")[0].GetInt32()));
        Assert.All(latency, l => Assert.InRange(l.GetProperty("ratio").GetProperty("median").GetDouble(), 0.001, 1000));
    }

    [Fact]
    public void One_model_is_a_table_with_a_row()
    {
        string output = Tool.RunProcess("bench", TestModels.LeNet, "--runs", "4").Succeeded().Output;

        Assert.Contains("| lenet-mnist.onnx | 1x1x28x28 |", output, StringComparison.Ordinal);
        Assert.EndsWith("milliseconds on cpu, 1 thread\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_with_other_inputs_cannot_be_compared()
    {
        string other = TestModels.Write(folder, "relu.onnx", "g (float[N,1,28,28] picture) => (float[N,1,28,28] y) { y = Relu (picture) }");

        Tool.Run("bench", TestModels.LeNet, other, "--runs", "4").FailedWith("OP6004");
    }

    [Fact]
    public void A_latency_budget_is_measured_kept_and_applied_without_measuring()
    {
        string plan = folder.File("plan.json"), output = folder.File("out.onnx"), again = folder.File("again.onnx");

        var report = Tool.Run("prune", TestModels.ResNet, "-o", output, "--budget", "latency=80%", "--calibration", "none", "--seconds", "1", "--plan", plan, "--json")
            .Succeeded().Json;
        Tool.Run("apply", TestModels.ResNet, "--plan", plan, "-o", again, "--no-verify").Succeeded();

        Assert.Equal("verified", report.GetProperty("verification").GetProperty("verdict").GetString());
        Assert.InRange(report.GetProperty("latency").GetProperty("ratio").GetProperty("median").GetDouble(), 0.01, 1);
        Assert.Equal("latency=80%", report.GetProperty("options").GetProperty("budget").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("options").GetProperty("roundTo").ValueKind);
        Assert.Equal(File.ReadAllBytes(output), File.ReadAllBytes(again));
    }

    [Fact]
    public void A_latency_budget_that_nothing_keeps_writes_nothing()
    {
        Tool.Run("prune", TestModels.LeNet, "-o", folder.File("out.onnx"), "--budget", "latency=1%", "--calibration", "none", "--seconds", "1", "--round-to", "1")
            .FailedWith("OP4002");

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--batch 1,x")]
    [InlineData("--dim width=3")]
    [InlineData("--threads 0")]
    public void A_value_that_cannot_be_used_is_wrong_usage(string options) =>
        Assert.Equal(2, Tool.Run(["bench", TestModels.LeNet, .. options.Split(' ')]).ExitCode);
}
