using OnnxPrune.Model;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Planning;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Library;

/// <summary>The examples of the libraries' READMEs as projects that reference the packages, on a real model.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class ReadmeExampleTests(PackedPackages packages) : IDisposable
{
    private readonly Workplace place = new(packages);

    /// <inheritdoc/>
    public void Dispose() => place.Dispose();

    [Fact]
    public void With_the_runtime_it_plans_prunes_verifies_and_saves()
    {
        string output = Run("OnnxPrune.Runtime");
        Assert.StartsWith("Verified: 20", output, StringComparison.Ordinal);
        Assert.Equal(0.5, Remaining(PlanFile.Load(place.File("smaller.onnx.plan.json")).Totals), tolerance: 0.02);
    }

    [Fact]
    public void The_readme_of_the_repository_shows_the_same_program() => Assert.Contains(
        Program(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src/OnnxPrune.Runtime/README.md"))),
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")),
        StringComparison.Ordinal);

    [Fact]
    public void Without_a_native_package_it_says_which_to_reference()
    {
        ConsumerProject.Write(place, packages, "OnnxPrune.Runtime", hasNativeRuntime: false);
        string[] args = ["run", "-c", "Release", "--", RepositoryRoot.Model("resnet20-cifar10.onnx"), place.File("smaller.onnx")];
        var result = place.Dotnet(args);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error OP6002: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("reference the package Microsoft.ML.OnnxRuntime, or OnnxPrune.Runtime.Gpu", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_runtime_it_lists_groups_plans_and_prunes()
    {
        string output = Run("OnnxPrune");
        Assert.Contains(" channels on ", output, StringComparison.Ordinal);
        Assert.Equal(0.5, Remaining(PlanFile.Load(place.File("smaller.plan.json")).Totals), tolerance: 0.02);
        Assert.DoesNotContain(Directory.EnumerateFiles(place.Path, "*onnxruntime*", SearchOption.AllDirectories), _ => true);
    }

    private static string Program(string readme) => readme.Split("```csharp\n")[1].Split("```")[0];

    private static double Remaining(PlanTotals totals) => (double)totals.After.Macs / totals.Before.Macs;

    private string Run(string package)
    {
        ConsumerProject.Write(place, packages, package);
        string model = RepositoryRoot.Model("resnet20-cifar10.onnx");
        string output = place.Dotnet("run", "-c", "Release", "--", model, place.File("smaller.onnx")).Succeeded().Output;
        Assert.True(new FileInfo(place.File("smaller.onnx")).Length < new FileInfo(model).Length);
        Assert.NotEmpty(ModelFile.Load(place.File("smaller.onnx")).Proto.Graph.Node);
        return output;
    }
}
