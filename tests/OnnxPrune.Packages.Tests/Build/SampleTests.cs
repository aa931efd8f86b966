using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>samples/PruneAtBuild, as its README.md says to run it.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed class SampleTests(PackedPackages packages) : IDisposable
{
    private const string Sample = "samples/PruneAtBuild";

    private readonly Workplace place = new(packages);

    /// <inheritdoc/>
    public void Dispose() => place.Dispose();

    [Fact]
    public void It_prunes_a_trained_network_at_build_and_runs_it()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, Sample)))
            place.Write($"{Sample}/{Path.GetFileName(file)}", File.ReadAllText(file));
        File.Delete(place.File($"{Sample}/NuGet.config"));

        string[] properties = [$"-p:Models={Path.Combine(RepositoryRoot.Path, "models")}/", $"-p:RestorePackagesPath={packages.RestoredPackages}"];
        var result = place.Dotnet(["run", "--project", Sample, .. properties]).Succeeded();

        string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, Sample, "README.md"));
        var lines = result.Output.Split('\n').Where(line => line.Contains("images right", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains(lines[0], readme, StringComparison.Ordinal);
        Assert.Matches(@"^pruned\.onnx: 6\d\d KiB, 8[4-9]\.\d% of 1000 images right$", lines[1].TrimEnd());
    }
}
