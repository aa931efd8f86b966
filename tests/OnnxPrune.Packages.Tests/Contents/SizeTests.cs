using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>How large packages are: below a bound, and what docs/packages.md says.</summary>
[Collection(PackedPackagesTests.Name)]
public partial class SizeTests(PackedPackages packages)
{
    // Compilers and compression differ a little between versions of the SDK.
    private const double Tolerance = 0.15;

    [Theory]
    [InlineData("OnnxPrune", 0.6)]
    [InlineData("OnnxPrune.Runtime", 0.4)]
    [InlineData("OnnxPrune.Tool", 0.05)]
    [InlineData("OnnxPrune.Tool.linux-x64", 16)]
    [InlineData("OnnxPrune.Tool.linux-arm64", 15)]
    [InlineData("OnnxPrune.Tool.osx-arm64", 18)]
    [InlineData("OnnxPrune.Tool.win-x64", 11)]
    [InlineData("OnnxPrune.Tool.win-arm64", 11)]
    [InlineData("OnnxPrune.MSBuild", 55)]
    public void A_package_is_no_larger_than(string id, double megabytes) => Assert.InRange(packages.MegabytesOf(id), 0, megabytes);

    [Fact]
    public void The_document_states_the_sizes()
    {
        var stated = Stated();
        Assert.Empty(PackedPackages.Ids.Except(stated.Keys));
        Assert.All(PackedPackages.Ids, id => AssertStated(packages.MegabytesOf(id), stated[id]));
    }

    /// <summary>Sizes in megabytes by package, as the document states them.</summary>
    internal static Dictionary<string, double> Stated()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/packages.md"));
        return Row().Matches(document).ToDictionary(
            row => row.Groups["id"].Value, row => double.Parse(row.Groups["size"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Checks a size against the stated one.</summary>
    internal static void AssertStated(double megabytes, double stated) =>
        Assert.InRange(megabytes, stated * (1 - Tolerance), stated * (1 + Tolerance));

    [GeneratedRegex(@"^\| `(?<id>OnnxPrune[^`]*)` \|.*\| (?<size>[0-9.]+) MB \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
