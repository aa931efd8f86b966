using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>Pruning with calibration data, with accuracy recovered after the cut.</summary>
[Collection(RecoveredLeNetTests.Name)]
public sealed class RecoveryTests(RecoveredLeNet recovered) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("out.onnx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_recovery_was_worth_is_printed_and_reported()
    {
        string line = Assert.Single(recovered.Result.Succeeded().Output.Split('\n'), l => l.StartsWith("calibrated on ", StringComparison.Ordinal));
        var report = JsonDocument.Parse(File.ReadAllText(recovered.Report)).RootElement;
        var recovery = report.GetProperty("recovery");

        Assert.Matches(
            $@"^calibrated on 192 samples of {RecoveredLeNet.Images}: "
                + @"relative output error 0\.\d+ after pruning, 0\.\d+ after recovery \(obs\)$",
            line);
        Assert.Equal("obs", recovery.GetProperty("methods").GetString());
        Assert.InRange(recovery.GetProperty("errorAfter").GetDouble(), 0, recovery.GetProperty("errorBefore").GetDouble() / 2);
        Assert.Equal(192, report.GetProperty("calibration").GetProperty("samples").GetInt32());
        Assert.Equal(
            ("obs", "auto"),
            (report.GetProperty("options").GetProperty("criterion").GetString(), report.GetProperty("options").GetProperty("recover").GetString()));
        Assert.InRange(report.GetProperty("after").GetProperty("accuracy").GetProperty("top1").GetDouble(), 0.9, 1);
        Assert.InRange(
            report.GetProperty("after").GetProperty("macs").GetDouble() / report.GetProperty("before").GetProperty("macs").GetDouble(), 0.3, 0.4);
        Assert.Equal("verified", report.GetProperty("verification").GetProperty("verdict").GetString());
    }

    [Fact]
    public void Plan_and_apply_write_the_bytes_of_prune_without_its_cache()
    {
        string plan = folder.File("plan.json");

        Tool.Run(["plan", TestModels.LeNet, "-o", plan, .. RecoveredLeNet.Selection, "--no-cache"]).Succeeded();
        Tool.Run("apply", TestModels.LeNet, "--plan", plan, "-o", Output, "--no-cache", "--no-verify").Succeeded();

        Assert.Equal(File.ReadAllText(recovered.Plan), File.ReadAllText(plan));
        Assert.Equal(File.ReadAllBytes(recovered.Model), File.ReadAllBytes(Output));
    }

    [Fact]
    public void A_plan_whose_data_changed_is_applied_with_others_or_without_recovery()
    {
        string plan = folder.File("plan.json");
        var json = JsonNode.Parse(File.ReadAllText(recovered.Plan))!;
        json["options"]!["calibration"]!["hash"] = "sha256:" + new string('0', 64);
        File.WriteAllText(plan, json.ToJsonString());
        string[] apply = ["apply", TestModels.LeNet, "--plan", plan, "-o", Output, "--no-verify", "--no-cache"];

        var changed = Tool.Run(apply);
        changed.FailedWith("OP2002");
        Assert.Contains(RecoveredLeNet.Images, changed.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
        Assert.DoesNotContain("calibrated", Tool.Run([.. apply, "--recover", "none"]).Succeeded().Output, StringComparison.Ordinal);
        var other = Tool.Run([.. apply, "--calibration", "synthetic", "--samples", "64", "--recover", "bn"]).Succeeded();
        Assert.Contains("calibrated on 64 synthetic samples: relative output error ", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_accepts_what_recovery_wrote_and_refuses_another_cut()
    {
        Assert.Contains(
            "verified", Tool.Run("verify", TestModels.LeNet, recovered.Model, "--plan", recovered.Plan).Succeeded().Output, StringComparison.Ordinal);
        Tool.Run("verify", TestModels.LeNet, TestModels.LeNet, "--plan", recovered.Plan).FailedWith("OP5001");
    }

    [Fact]
    public void Synthetic_samples_recover_a_network_with_batch_normalization()
    {
        string[] options =
        [
            "--budget", "macs=60%", "--criterion", "l2", "--calibration", "synthetic", "--samples", "64", "--recover", "bn", "--cache",
            folder.File("cache")];

        var report = Tool.Run(["prune", TestModels.ResNet, "-o", Output, .. options, "--no-verify", "--json"]).Succeeded().Json;

        Assert.Equal("synthetic", report.GetProperty("calibration").GetProperty("source").GetString());
        Assert.Equal("bn", report.GetProperty("recovery").GetProperty("methods").GetString());
        Assert.Single(Directory.EnumerateFiles(folder.File("cache"), "*.onnx"));
    }
}
