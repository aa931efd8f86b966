using OnnxPrune.Packages.Tests.Packing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>The files in the packages.</summary>
[Collection(PackedPackagesTests.Name)]
public class FilesTests(PackedPackages packages)
{
    [Theory]
    [InlineData("OnnxPrune")]
    [InlineData("OnnxPrune.Runtime")]
    public void A_library_is_one_assembly_with_its_documentation(string id)
    {
        string[] expected = ["LICENSE", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"];
        Assert.Equal(expected, packages.FilesOf(id));
    }

    [Fact]
    public void The_tool_is_a_list_of_packages_for_platforms()
    {
        Assert.Equal(["LICENSE", "README.md", "icon.png", "tools/any/any/DotnetToolSettings.xml"], packages.FilesOf("OnnxPrune.Tool"));
        string settings = packages.Text("OnnxPrune.Tool", "tools/any/any/DotnetToolSettings.xml");
        Assert.All(PackedPackages.Platforms, platform =>
            Assert.Contains($"RuntimeIdentifier=\"{platform}\" Id=\"OnnxPrune.Tool.{platform}\"", settings, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("linux-x64", "libonnxruntime.so", "libonnxruntime_providers_shared.so")]
    [InlineData("linux-arm64", "libonnxruntime.so", "libonnxruntime_providers_shared.so")]
    [InlineData("osx-arm64", "libonnxruntime.dylib")]
    [InlineData("win-x64", "onnxruntime.dll", "onnxruntime_providers_shared.dll")]
    [InlineData("win-arm64", "onnxruntime.dll", "onnxruntime_providers_shared.dll")]
    public void The_tool_of_a_platform_brings_its_native_runtime_and_no_other(string platform, params string[] libraries)
    {
        string folder = $"tools/net10.0/{platform}/";
        var files = packages.FilesOf($"OnnxPrune.Tool.{platform}");
        var natives = files.Select(file => Path.GetFileName(file)).Where(name => name.Contains("onnxruntime", StringComparison.Ordinal));
        Assert.Equal(libraries, natives.Where(name => name != "onnxruntime.txt"));
        Assert.All(libraries, library => Assert.Contains(folder + library, files));
        Assert.Contains(folder + "OnnxPrune.Cli.dll", files);
        Assert.DoesNotContain(folder + "OnnxPrune.Cli.xml", files);
    }
}
