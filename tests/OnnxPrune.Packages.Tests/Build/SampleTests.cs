using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Build;

/// <summary>samples/PruneAtBuild, as its README.md says to run it.</summary>
[Collection(PackedPackagesTests.Name)]
public sealed partial class SampleTests(PackedPackages packages) : IDisposable
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

        var shown = Results(File.ReadAllText(Path.Combine(RepositoryRoot.Path, Sample, "README.md")));
        var printed = Results(result.Output);
        Assert.Equal(["original.onnx", "pruned.onnx"], printed.Select(r => r.Name));
        Assert.Equal(shown[0], printed[0]);
        Assert.InRange(printed[1].Size, shown[1].Size * 0.9, shown[1].Size * 1.1);
        Assert.InRange(printed[1].Percent, shown[1].Percent - 2, shown[1].Percent + 2);
    }

    // Which of two like channels stays depends on how the processor rounds, as everywhere where data decide.
    private static List<(string Name, double Size, double Percent)> Results(string text) => [.. Line().Matches(text).Select(line =>
        (line.Groups["name"].Value, Number(line.Groups["size"].Value), Number(line.Groups["percent"].Value)))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>\w+\.onnx): (?<size>\d+) KiB, (?<percent>[0-9.]+)% of 1000 images right\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
