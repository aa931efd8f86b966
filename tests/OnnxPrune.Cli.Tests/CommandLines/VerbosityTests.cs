using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CommandLines;

public sealed class VerbosityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--quiet")]
    [InlineData("-q")]
    [InlineData("-v=quiet")]
    public void Quiet_writes_files_and_says_nothing(string option)
    {
        var result = Plan(TestModels.Small(folder), option).Succeeded();

        Assert.Equal("", result.Output);
        Assert.True(File.Exists(folder.File("plan.json")));
    }

    [Fact]
    public void Quiet_prints_documents_that_are_asked_for() =>
        Assert.Equal("plan", Plan(TestModels.LeNet, "--quiet", "--json").Succeeded().Json.GetProperty("command").GetString());

    [Fact]
    public void Quiet_prints_errors() => Tool.RunProcess("inspect", folder.File("none.onnx"), "--quiet").FailedWith("OP1001");

    [Fact]
    public void Minimal_prints_warnings_and_the_result()
    {
        var result = Plan(TestModels.Small(folder), "--verbosity", "minimal");

        Assert.Contains(" : warning OP3001: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("| MACs ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Detailed_tells_the_time_of_each_stage()
    {
        var result = Plan(TestModels.LeNet, "-v", "detailed");

        Assert.Equal(["Loading", "Analysing", "Planning"], result.Error.TrimEnd('\n').Split('\n').Select(line => line.Split(':')[0]));
        Assert.All(result.Error.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^\w+: \d+\.\d\d s$", line));
    }

    [Theory]
    [InlineData("--verbose")]
    [InlineData("--verbosity=diagnostic")]
    public void Diagnostic_prints_the_trace_of_a_failure(string option) =>
        Assert.Contains("   at OnnxPrune.", Tool.Run("inspect", folder.File("none.onnx"), option).Error, StringComparison.Ordinal);

    private ToolResult Plan(string model, params string[] options) =>
        Tool.Run(["plan", model, "-o", folder.File("plan.json"), "--budget", "params=80%", "--calibration", "none", .. options]);
}
