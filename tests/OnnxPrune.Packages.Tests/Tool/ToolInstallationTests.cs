using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Tool;

/// <summary>The packed command, installed in each of the ways that dotnet has, on a real model.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class ToolInstallationTests(PackedPackages packages) : IDisposable
{
    private const string Id = "OnnxPrune.Tool";

    private readonly Workplace place = new(packages);

    private string[] Prune => ["prune", RepositoryRoot.Model("resnet20-cifar10.onnx"), "-o", place.File("smaller.onnx"), "--budget", "macs=50%", "--calibration", "none"];

    /// <inheritdoc/>
    public void Dispose() => place.Dispose();

    [Fact]
    public void Installed_in_a_folder_it_prunes_verifies_and_goes_without_a_trace()
    {
        string tools = place.File("tools");
        place.Dotnet("tool", "install", Id, "--tool-path", tools, "--version", packages.Version).Succeeded();
        string command = Path.Combine(tools, OperatingSystem.IsWindows() ? "onnxprune.exe" : "onnxprune");
        AssertPruned(place.Run(command, Prune));
        place.Dotnet("tool", "uninstall", Id, "--tool-path", tools).Succeeded();
        Assert.False(File.Exists(command));
        Assert.Empty(Directory.EnumerateFiles(tools, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Installed_for_a_repository_it_runs_by_dotnet_onnxprune()
    {
        place.Dotnet("new", "tool-manifest").Succeeded();
        place.Dotnet("tool", "install", "--local", Id, "--version", packages.Version).Succeeded();
        AssertPruned(place.Dotnet(["onnxprune", .. Prune]));
        place.Dotnet("tool", "uninstall", "--local", Id).Succeeded();
        Assert.DoesNotContain("onnxprune", place.Dotnet("tool", "list", "--local").Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_an_installation_it_runs_once() =>
        AssertPruned(place.Dotnet(["tool", "exec", $"{Id}@{packages.Version}", "--yes", "--", .. Prune]));

    [Fact]
    public void A_failure_has_its_exit_code_and_one_line()
    {
        var failed = place.Dotnet("tool", "exec", $"{Id}@{packages.Version}", "--yes", "--", "inspect", place.File("missing.onnx")).FailedWith(1);
        Assert.Contains("error OP1001:", failed.Error, StringComparison.Ordinal);
    }

    private void AssertPruned(CommandResult result)
    {
        Assert.Contains("verified on cpu", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.True(File.Exists(place.File("smaller.onnx")));
    }
}
