using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

[Collection(PrunedLeNetTests.Name)]
public sealed class PruneTests(PrunedLeNet pruned) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_report_says_that_the_budget_is_met_and_the_result_verified()
    {
        var report = pruned.Result.Succeeded().Json;

        Assert.Equal("verified", report.GetProperty("verification").GetProperty("verdict").GetString());
        Assert.True(report.GetProperty("verification").GetProperty("worstError").GetDouble() <= 1);
        double share = report.GetProperty("after").GetProperty("macs").GetDouble() / report.GetProperty("before").GetProperty("macs").GetDouble();
        Assert.InRange(share, 0.3, 0.5);
        Assert.Equal(new FileInfo(RepositoryRoot.Model("lenet-mnist.onnx")).Length, report.GetProperty("before").GetProperty("fileBytes").GetInt64());
        Assert.Equal(new FileInfo(pruned.Model).Length, report.GetProperty("after").GetProperty("fileBytes").GetInt64());
        Assert.Equal(0.992, report.GetProperty("before").GetProperty("accuracy").GetProperty("top1").GetDouble(), 0.002);
    }

    [Fact]
    public void The_report_file_is_the_document_on_standard_output() =>
        Assert.Equal(pruned.Result.Output, File.ReadAllText(pruned.Report));

    [Fact]
    public void A_second_run_writes_the_same_bytes()
    {
        string again = folder.File("again.onnx"), plan = folder.File("again.json");

        var result = Tool.Run("prune", TestModels.LeNet, "-o", again, "--budget", "macs=50%", "--calibration", "none", "--plan", plan, "--no-verify").Succeeded();

        Assert.Equal(File.ReadAllBytes(pruned.Model), File.ReadAllBytes(again));
        Assert.Equal(File.ReadAllBytes(pruned.Plan), File.ReadAllBytes(plan));
        Assert.Contains("again.onnx: not verified, because --no-verify was given\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_as_the_second_argument_is_still_accepted()
    {
        string applied = folder.File("applied.onnx");
        Tool.Run("apply", TestModels.LeNet, pruned.Plan, "-o", applied, "--no-verify").Succeeded();
        Assert.Equal(File.ReadAllBytes(pruned.Model), File.ReadAllBytes(applied));
    }

    [Fact]
    public void Apply_writes_what_prune_wrote()
    {
        string applied = folder.File("applied.onnx");

        var result = Tool.RunProcess("apply", TestModels.LeNet, "--plan", pruned.Plan, "-o", applied).Succeeded();

        Assert.Equal(File.ReadAllBytes(pruned.Model), File.ReadAllBytes(applied));
        Assert.Contains("applied.onnx: cut verified on cpu: the pruned model computes what ", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output, c => Assert.InRange(c, '\n', '~'));
        Assert.All(result.Output.Split('\n').Where(line => line.StartsWith('|')), line => Assert.InRange(line.Length, 1, 100));
    }

    [Fact]
    public void Plan_writes_the_plan_that_prune_carries_out()
    {
        string plan = folder.File("plan.json");

        Tool.RunProcess("plan", TestModels.LeNet, "-o", plan, "--budget", "macs=50%", "--calibration", "none").Succeeded();

        Assert.Equal(File.ReadAllBytes(pruned.Plan), File.ReadAllBytes(plan));
    }

    [Fact]
    public void Other_weights_are_refused_unless_they_are_allowed()
    {
        string other = folder.File("other.onnx"), output = folder.File("out.onnx");
        Tampering.ChangeWeight(RepositoryRoot.Model("lenet-mnist.onnx"), other);

        Tool.Run("apply", other, "--plan", pruned.Plan, "-o", output).FailedWith("OP4005");
        Assert.False(File.Exists(output));
        Tool.Run("apply", other, "--plan", pruned.Plan, "-o", output, "--other-weights").Succeeded();
        Assert.True(File.Exists(output));
    }

    [Fact]
    public void Approximate_groups_are_pruned_where_they_are_allowed_and_the_verdict_says_what_was_compared()
    {
        string model = TestModels.Write(folder, "norm.onnx", """
            <ir_version: 8, opset_import: ["" : 17]> g (float[N,16] x) => (float[N,4] y)
            <float[16,24] a = normal 0.3, float[24] s = uniform 0.5 1.5, float[24] t = normal 0.1, float[24,4] b = normal 0.3>
            { p = MatMul (x, a)  q = LayerNormalization <axis = -1> (p, s, t)  y = MatMul (q, b) }
            """);
        string[] options = ["--budget", "params=60%", "--calibration", "none", "--plan", folder.File("plan.json")];
        Tool.Run(["prune", model, "-o", folder.File("out.onnx"), .. options]).FailedWith("OP4001");

        var result = Tool.Run(["prune", model, "-o", folder.File("out.onnx"), "--allow", "approximate", .. options]).Succeeded();
        Tool.Run("apply", model, "--plan", folder.File("plan.json"), "-o", folder.File("applied.onnx")).Succeeded();

        Assert.Contains("out.onnx: cut verified on cpu: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("operators that mix channels (1 LayerNormalization) over the kept ones only", result.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder.File("out.onnx")), File.ReadAllBytes(folder.File("applied.onnx")));
    }

    [Fact]
    public void A_residual_network_with_batch_normalization_is_pruned_and_verified()
    {
        string output = folder.File("resnet.onnx");

        var result = Tool.Run("prune", TestModels.ResNet, "-o", output, "--budget", "macs=50%", "--calibration", "none", "--round-to", "4", "--scope", "local").Succeeded();

        Assert.Contains("resnet.onnx: cut verified on cpu", result.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(output).Length, 1, new FileInfo(RepositoryRoot.Model("resnet20-cifar10.onnx")).Length);
    }
}
