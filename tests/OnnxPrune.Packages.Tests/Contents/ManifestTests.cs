using System.IO.Compression;
using System.Xml.Linq;
using OnnxPrune.Packages.Tests.Packing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>What the packages say of themselves, and what they depend on.</summary>
[Collection(PackedPackagesTests.Name)]
public class ManifestTests(PackedPackages packages)
{
    public static TheoryData<string> Ids => [.. PackedPackages.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_package_has_a_description_a_readme_an_icon_and_a_licence(string id)
    {
        using var package = packages.Open(id);
        var metadata = Metadata(package, id);
        Assert.Equal(packages.Version, Of(metadata, "version"));
        Assert.Equal("MIT", Of(metadata, "license"));
        Assert.NotEqual("Package Description", Of(metadata, "description"));
        Assert.Contains("onnx", Of(metadata, "tags").Split(' '));
        Assert.True(package.GetEntry(Of(metadata, "readme"))!.Length > 500);
        Assert.Equal((128, 128), SizeOfPng(package.GetEntry(Of(metadata, "icon"))!));
    }

    [Theory]
    [InlineData("OnnxPrune")]
    [InlineData("OnnxPrune.Runtime")]
    [InlineData("OnnxPrune.Tool.linux-x64")]
    [InlineData("OnnxPrune.Tool.win-arm64")]
    public void A_package_with_assemblies_has_symbols(string id)
    {
        using var symbols = packages.Open(id, "snupkg");
        Assert.Contains(symbols.Entries, entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OnnxPrune", "Google.Protobuf", "QuikGraph", "System.Numerics.Tensors")]
    [InlineData("OnnxPrune.Runtime", "Microsoft.ML.OnnxRuntime.Managed", "OnnxPrune")]
    [InlineData("OnnxPrune.Tool")]
    [InlineData("OnnxPrune.Tool.linux-x64")]
    [InlineData("OnnxPrune.MSBuild")]
    public void A_package_depends_on_what_it_runs_with_and_nothing_else(string id, params string[] expected)
    {
        using var package = packages.Open(id);
        var dependencies = Metadata(package, id).Descendants().Where(e => e.Name.LocalName == "dependency");
        Assert.Equal(expected, dependencies.Select(e => e.Attribute("id")!.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_runtime_depends_on_the_library_of_its_own_version()
    {
        using var package = packages.Open("OnnxPrune.Runtime");
        var dependency = Metadata(package, "OnnxPrune.Runtime").Descendants().Single(e => e.Attribute("id")?.Value == "OnnxPrune");
        Assert.Equal(packages.Version, dependency.Attribute("version")!.Value);
    }

    private static XElement Metadata(ZipArchive package, string id)
    {
        using var manifest = package.GetEntry($"{id}.nuspec")!.Open();
        return XElement.Load(manifest).Elements().Single(e => e.Name.LocalName == "metadata");
    }

    private static string Of(XElement metadata, string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;

    // Width and height are the big-endian numbers at 16 and 20.
    private static (int Width, int Height) SizeOfPng(ZipArchiveEntry entry)
    {
        byte[] header = new byte[24];
        using var stream = entry.Open();
        stream.ReadExactly(header);
        return (header[18] * 256 + header[19], header[22] * 256 + header[23]);
    }
}
