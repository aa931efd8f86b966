using System.Text.Json;
using OnnxPrune.Cli.Tests.Running;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary><c>onnxprune doctor</c> tells what this machine can do, and for the rest what is missing.</summary>
public class DoctorTests
{
    [Fact]
    public void It_names_the_versions_and_runs_a_model_on_the_processor()
    {
        string output = Tool.Run("doctor").Succeeded().Output;

        Assert.Matches(@"\| onnxprune +\| \d+\.\d+\.\d+", output);
        Assert.Matches(@"\| \.NET +\| \d+\.\d+\.\d+", output);
        Assert.Matches(@"\| ONNX Runtime +\| 1\.\d+\.\d+ ", output);
        Assert.Contains("\ncpu: models run\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_provider_that_does_not_work_it_says_why_and_how_to_get_it()
    {
        var providers = Tool.Run("doctor", "--json").Succeeded().Json.GetProperty("providers").EnumerateArray().ToList();

        Assert.Equal(["cpu", "cuda", "tensorrt"], providers.Select(p => p.GetProperty("name").GetString()));
        Assert.All(providers.Where(p => !p.GetProperty("works").GetBoolean()), provider =>
        {
            Assert.NotEqual(JsonValueKind.Null, provider.GetProperty("problem").ValueKind);
            var missing = provider.GetProperty("missing").EnumerateArray().ToList();
            Assert.All(missing, part => Assert.NotEqual("", part.GetProperty("cure").GetString()));
            if (!OperatingSystem.IsMacOS()) Assert.Contains("OnnxPrune.Tool.Gpu", missing.Select(part => part.GetProperty("what").GetString()));
        });
    }

    [Fact]
    public void The_version_with_verbose_says_the_same()
    {
        Assert.Equal(Tool.Run("doctor").Output, Tool.Run("--version", "--verbose").Succeeded().Output);
    }
}
