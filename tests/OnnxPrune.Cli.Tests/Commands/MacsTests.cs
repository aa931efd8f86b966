using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

public sealed class MacsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task The_forms_of_a_count_look_as_approved()
    {
        string[][] runs =
        [
            ["macs", TestModels.LeNet],
            ["macs", TestModels.LeNet, "--per-node", "--top", "3", "--sort", "params"],
            ["macs", TestModels.ResNet, TestModels.LeNet, "--by", "op"],
            ["macs", TestModels.LeNet, "--dim", "batch=8", "--format", "csv"],
            ["macs", TestModels.LeNet, "--per-node", "--format", "csv", "--sort", "graph"],
            ["macs", TestModels.LeNet, TestModels.LeNet, "--by", "op", "--format", "csv", "--sort", "name"],
        ];
        string text = string.Join('\n', runs.Select(run => $"> {string.Join(' ', run)}\n{Tool.Run(run).Succeeded().Output}"));

        return Verifier.Verify(text).UseDirectory("../../../golden").UseFileName("macs");
    }

    [Fact]
    public void ResNet20_has_the_published_count()
    {
        var total = Tool.Run("macs", TestModels.ResNet, "--format", "json").Succeeded().Json.GetProperty("total");

        Assert.Equal(40.8, Math.Round(total.GetProperty("macs").GetInt64() / 1e6, 1));
        Assert.Equal(0.27, Math.Round(total.GetProperty("parameters").GetInt64() / 1e6, 2));
    }

    [Fact]
    public void MACs_grow_with_the_batch()
    {
        long Macs(string batch)
        {
            var report = Tool.Run("macs", TestModels.LeNet, "--dim", $"batch={batch}", "--format", "json").Succeeded().Json;
            return report.GetProperty("total").GetProperty("macs").GetInt64();
        }

        Assert.Equal(7 * Macs("1"), Macs("7"));
    }

    [Theory]
    [InlineData("--by", "layer")]
    [InlineData("--top", "0")]
    [InlineData("--sort", "size")]
    [InlineData("--dim", "height=3")]
    [InlineData("--per-node", "--by", "op")]
    public void Wrong_usage_is_refused(params string[] options)
    {
        var result = Tool.Run(["macs", TestModels.LeNet, .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error OP2001", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_what_standard_output_gets()
    {
        string printed = Tool.RunProcess("macs", TestModels.LeNet, "--by", "op").Succeeded().Output;

        Assert.Equal("", Tool.Run("macs", TestModels.LeNet, "--by", "op", "-o", folder.File("macs.txt")).Succeeded().Output);
        Assert.Equal(printed, File.ReadAllText(folder.File("macs.txt")));
    }
}
