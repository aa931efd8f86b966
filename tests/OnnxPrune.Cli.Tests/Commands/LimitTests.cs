using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>A result beyond a limit is an error with a code of its own, and is not left behind; one within is written.</summary>
public sealed class LimitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => folder.File("out.onnx");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("OP4010", "--max-macs 40%", " MACs remain, which exceeds --max-macs 40%; ")]
    [InlineData("OP4010", "--max-macs 100K", ", which exceeds --max-macs 100K; ")]
    [InlineData("OP4011", "--max-bytes 100KiB", " bytes, which exceeds --max-bytes 100KiB; ")]
    [InlineData("OP4011", "--max-bytes 10.5% --no-verify", ", which exceeds --max-bytes 10.5%; ")]
    [InlineData("OP4012", "--max-drop 0.05 --data models/mnist-test-x.npy --labels models/mnist-test-y.npy", "than --max-drop 0.05 allows; ")]
    [InlineData("OP4013", "--min-speedup 1000 --runs 20", ", below --min-speedup 1000; ")]
    public void Beyond_a_limit(string code, string options, string message)
    {
        var result = Prune("macs=50%", options);

        result.FailedWith(code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.EndsWith("; nothing was written\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    // The size is known when all is written.
    [Fact]
    public void An_older_result_and_an_older_plan_stay_when_a_limit_is_exceeded()
    {
        string plan = folder.File("plan.json"), report = folder.File("report.md");
        foreach (string file in new[] { Out, plan, report }) File.WriteAllText(file, "older");

        Prune("macs=50%", ["--max-bytes", "10%", "--no-verify", "--plan", plan, "--report", report]).FailedWith("OP4011");

        Assert.All(new[] { Out, plan, report }, file => Assert.Equal("older", File.ReadAllText(file)));
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }

    [Fact]
    public void Within_all_limits_and_by_a_plan_as_well()
    {
        string[] sizes = ["--max-macs", "50%", "--max-bytes", "0.2MB"], measured = ["--max-drop", "100", "--min-speedup", "0.001", "--runs", "20"];
        string[] limits = [.. sizes, .. measured, .. TestModels.Mnist];
        Prune("macs=50%", [.. limits, "--plan", folder.File("plan.json")]).Succeeded();
        File.Delete(Out);

        Tool.Run(["apply", TestModels.LeNet, "--plan", folder.File("plan.json"), "-o", Out, .. limits]).Succeeded();
        Assert.True(File.Exists(Out));
        Tool.Run("apply", TestModels.LeNet, "--plan", folder.File("plan.json"), "-o", folder.File("none.onnx"), "--max-macs", "1%").FailedWith("OP4010");
        Assert.False(File.Exists(folder.File("none.onnx")));
    }

    [Theory]
    [InlineData("--max-macs many", "'many' is not an amount")]
    [InlineData("--max-bytes 5M", "'5M' is not an amount")]
    [InlineData("--max-drop few --data models/mnist-test-x.npy --labels models/mnist-test-y.npy", "'few' is not a number of points")]
    [InlineData("--min-speedup 0", "'0' is not a factor above 0")]
    [InlineData("--max-drop 1", "--max-drop needs --data and --labels; give both")]
    public void Limits_that_cannot_be_used(string options, string message)
    {
        var result = Prune("macs=50%", options);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_is_written_down_for_build_systems()
    {
        string list = folder.File("read.txt");
        string[] calibrating = ["--calibration", "models/mnist-calibration-x.npy", "--samples", "16", "--criterion", "l2", "--recover", "none"];
        Prune("macs=50%", [.. calibrating, "--dependencies", list, .. TestModels.Mnist]).Succeeded();

        string[] read = ["models/lenet-mnist.onnx", "models/mnist-calibration-x.npy", "models/mnist-test-x.npy", "models/mnist-test-y.npy"];
        Assert.Equal(read.Select(name => Path.Combine(RepositoryRoot.Path, name)), File.ReadAllLines(list));
    }

    private ToolResult Prune(string budget, string options) => Prune(budget, options.Split(' '));

    private ToolResult Prune(string budget, string[] options) => Tool.Run(["prune", TestModels.LeNet, "-o", Out, "--budget", budget, .. options.Contains("--calibration") ? options : ["--calibration", "none", .. options]]);
}
