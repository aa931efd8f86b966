using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>Wrong usage has exit code 2, says what is wrong, and writes nothing.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--bogus", "'--bogus'")]
    [InlineData("--budget macs=150%", "'macs=150%' is not a budget")]
    [InlineData("--criterion l3", "'l3' is not one of act-norm, apoz, bn-scale, condition, distortion, fluctuation, fpgm, l1, l2, lamp, linf, maw, obs, projection, random, wanda")]
    [InlineData("--aggregate all", "'all' is not one of sum, mean, max, product")]
    [InlineData("--normalize isomorph", "'isomorph' is not one of none, mean, max, sum, standardised, isomorphic")]
    [InlineData("--granularity head", "'head' is not a granularity; write auto, all or a list of channels, heads, head-size, conv-groups, in-group")]
    [InlineData("--allow everything", "'everything' is not one of approximate")]
    [InlineData("--data x.npy", "--data and --labels must be given together")]
    [InlineData("--steps 2 --scope search", "--steps and --scope search cannot be combined")]
    [InlineData("--candidates 4", "--candidates requires --scope search")]
    [InlineData("--search-state s.json --scope dp", "--search-state requires --scope search")]
    [InlineData("--budget latency=50% --scope search", "--budget latency and --scope search cannot be combined")]
    [InlineData("--sensitivity c.json --criterion l2", "--sensitivity and --criterion cannot be combined")]
    [InlineData("--budget latency=50% --steps 2", "--budget latency and --steps cannot be combined")]
    [InlineData("--metric-command {model}", "--metric-command requires --scope search")]
    public void A_value_that_cannot_be_used(string options, string message)
    {
        string[] budget = options.Contains("--budget", StringComparison.Ordinal) ? [] : ["--budget", "macs=50%"];

        var result = Tool.Run(["prune", TestModels.LeNet, "-o", folder.File("out.onnx"), .. budget, .. options.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.EndsWith("Run 'onnxprune prune --help' for its usage.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--budget half --normalize l2 --scope here --round-to 0 --min-channels -1 --max-sparsity 101% --seed x --dim batch --provider gpu")]
    [InlineData("--scope search --budget macs=0% --samples 0 --recover bm --candidates few --metric-command measure")]
    [InlineData("--budget macs=101% --recover obs,none --steps 0 --samples all")]
    public void Every_value_that_cannot_be_used_is_reported(string options)
    {
        var result = Tool.Run(["prune", TestModels.LeNet, "-o", folder.File("out.onnx"), .. options.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        string[] refused =
        [
            .. options.Split(' ').Where(
                word => word.StartsWith("--", StringComparison.Ordinal) && !options.Contains(word + " search", StringComparison.Ordinal))];
        Assert.All(refused, option => Assert.Contains($"onnxprune : error OP2001: {option}: ", result.Error, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_criterion_that_needs_data_without_them_takes_synthetic_ones()
    {
        string[] options = ["--budget", "macs=50%", "--criterion", "wanda", "--samples", "64", "--no-cache"];

        var result = Tool.Run(["plan", TestModels.LeNet, "-o", folder.File("plan.json"), .. options]).Succeeded();

        Assert.Contains("calibrated on 64 synthetic samples\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dimension_that_the_model_does_not_have()
    {
        var result = Tool.RunProcess("inspect", TestModels.LeNet, "--dim", "bach=3");

        result.FailedWith("OP2001", exitCode: 2);
        Assert.EndsWith("it has batch\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_is_not_overwritten()
    {
        byte[] before = File.ReadAllBytes(RepositoryRoot.Model("lenet-mnist.onnx"));

        Tool.Run("prune", TestModels.LeNet, "-o", "models/../models/lenet-mnist.onnx", "--budget", "macs=50%").FailedWith("OP2001", exitCode: 2);

        Assert.Equal(before, File.ReadAllBytes(RepositoryRoot.Model("lenet-mnist.onnx")));
    }

    [Fact]
    public void Help_is_no_failure() =>
        Assert.Contains("--max-sparsity SHARE", Tool.Run("prune", "--help").Succeeded().Output, StringComparison.Ordinal);
}
