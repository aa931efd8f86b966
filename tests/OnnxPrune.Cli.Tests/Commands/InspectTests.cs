using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("dot")]
    public Task LeNet_looks_as_approved(string format) =>
        Approved($"inspect-lenet-{format}", Tool.Run("inspect", TestModels.LeNet, "--format", format).Succeeded().Output);

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("dot")]
    public Task A_model_with_pins_and_warnings_looks_as_approved(string format)
    {
        TestModels.Small(folder);

        var result = Tool.RunIn(folder.Path, "inspect", "small.onnx", "--format", format, "--dim", "batch=2");

        return Approved($"inspect-small-{format}", result.Succeeded().Output);
    }

    [Theory]
    [InlineData("--nodes", "Nodes: 14")]
    [InlineData("--groups", "Groups of coupled channels: 4")]
    [InlineData("--pinned", "Reasons that pin weight axes: 1")]
    public void A_section_that_is_asked_for_is_the_only_one(string option, string heading)
    {
        string printed = Tool.Run("inspect", TestModels.LeNet, option).Succeeded().Output;

        Assert.Equal([heading], printed.Split('\n').Where(line => line.Contains(": ", StringComparison.Ordinal) && !line.StartsWith('|')));
    }

    [Fact]
    public void Lists_are_as_long_and_in_the_order_that_is_asked_for()
    {
        string printed = Tool.Run("inspect", TestModels.LeNet, "--nodes", "--top", "2", "--sort", "name").Succeeded().Output;

        var rows = printed.Split('\n').Where(line => line.StartsWith("| /", StringComparison.Ordinal));
        Assert.Equal(["/Flatten", "/MaxPool"], rows.Select(line => line.Split(' ')[1]));
        Assert.Contains("and 12 more; --top all lists them", printed, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_plan_for_LeNet_looks_as_approved()
    {
        Tool.Run("plan", TestModels.LeNet, "-o", folder.File("plan.json"), "--budget", "macs=50%", "--calibration", "none").Succeeded();

        return Approved("plan-lenet", File.ReadAllText(folder.File("plan.json")));
    }

    [Fact]
    public Task A_plan_for_a_model_with_pins_looks_as_approved()
    {
        var result = Tool.Run("plan", TestModels.Small(folder), "-o", folder.File("plan.json"), "--budget", "params=80%", "--calibration", "none", "--exclude", "back*");
        Assert.Equal(0, result.ExitCode);

        return Approved("plan-small", File.ReadAllText(folder.File("plan.json")));
    }

    [Fact]
    public void The_page_needs_nothing_but_itself()
    {
        Tool.Run("inspect", TestModels.LeNet, "--format", "html", "-o", folder.File("page.html")).Succeeded();

        string page = File.ReadAllText(folder.File("page.html"));
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("conv1.<wbr/>weight[0]</code>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href|url)[=(]", page);
    }

    [Fact]
    public void A_file_gets_what_standard_output_gets()
    {
        string printed = Tool.RunProcess("inspect", TestModels.LeNet).Succeeded().Output;

        Assert.Equal("", Tool.Run("inspect", TestModels.LeNet, "-o", folder.File("table.txt")).Succeeded().Output);
        Assert.Equal(printed, File.ReadAllText(folder.File("table.txt")));
    }

    private static Task Approved(string name, string text) =>
        Verifier.Verify(text.Replace(ToolVersion.Text, "OnnxPrune VERSION", StringComparison.Ordinal))
            .UseDirectory("../../../golden")
            .UseFileName(name);
}
