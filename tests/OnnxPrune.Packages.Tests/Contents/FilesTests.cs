using OnnxPrune.Packages.Tests.Packing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>The files in the packages.</summary>
[Collection(PackedPackagesTests.Name)]
public class FilesTests(PackedPackages packages)
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData("OnnxPrune")]
    [InlineData("OnnxPrune.Runtime")]
    public void A_library_is_one_assembly_with_its_documentation(string id)
    {
        string[] expected = ["README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"];
        Assert.Equal(expected, FilesOf(id).Where(name => !IsPackaging(name)));
        Assert.True(new FileInfo(packages.PathOf(id)).Length < Mebibyte);
    }

    [Theory]
    [InlineData("linux-x64", "libonnxruntime.so")]
    [InlineData("linux-arm64", "libonnxruntime.so")]
    [InlineData("osx-arm64", "libonnxruntime.dylib")]
    [InlineData("win-x64", "onnxruntime.dll")]
    public void The_tool_brings_the_runtime_of_each_platform(string platform, string library) =>
        Assert.Contains($"tools/net10.0/any/runtimes/{platform}/native/{library}", FilesOf("OnnxPrune.Tool"));

    [Fact]
    public void The_tool_brings_neither_documentation_files_nor_more_than_a_registry_takes()
    {
        Assert.DoesNotContain("tools/net10.0/any/OnnxPrune.Cli.xml", FilesOf("OnnxPrune.Tool"));
        Assert.True(new FileInfo(packages.PathOf("OnnxPrune.Tool")).Length < 250 * Mebibyte);
    }

    private static bool IsPackaging(string name) =>
        name.EndsWith(".nuspec", StringComparison.Ordinal) || name.StartsWith("_rels/", StringComparison.Ordinal)
        || name.StartsWith("package/", StringComparison.Ordinal) || name == "[Content_Types].xml";

    private string[] FilesOf(string id)
    {
        using var package = packages.Open(id);
        return [.. package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }
}
