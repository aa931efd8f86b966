using System.Xml.Linq;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>The packages for CUDA. Packing them restores half a gigabyte, so that this runs on demand.</summary>
public sealed class GpuPackagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Category", "Long")]
    public void They_bring_the_runtime_for_cuda_of_their_platform_and_no_other()
    {
        string copy = Directory.CreateDirectory(folder.File("copy")).FullName;
        SourceCopy.Create(copy);
        string[] projects = ["src/OnnxPrune.Runtime.Gpu/OnnxPrune.Runtime.Gpu.csproj", "src/OnnxPrune.Tool.Gpu/OnnxPrune.Tool.Gpu.csproj"];
        SourceCopy.Pack(copy, folder.File("feed"), projects);
        var packages = new PackageFolder(folder.File("feed"));

        Assert.Equal(["LICENSE", "README.md", "icon.png"], packages.FilesOf("OnnxPrune.Runtime.Gpu"));
        Assert.Equal(["Microsoft.ML.OnnxRuntime.Gpu", "OnnxPrune.Runtime"], Dependencies(packages, "OnnxPrune.Runtime.Gpu"));
        AssertTool(packages, "linux-x64", "lib", ".so");
        AssertTool(packages, "win-x64", "", ".dll");
        var stated = SizeTests.Stated();
        Assert.All(
            ["OnnxPrune.Runtime.Gpu", "OnnxPrune.Tool.Gpu", "OnnxPrune.Tool.Gpu.linux-x64", "OnnxPrune.Tool.Gpu.win-x64"],
            id => SizeTests.AssertStated(packages.MegabytesOf(id), stated[id]));
    }

    // A registry takes 250 MB.
    private static void AssertTool(PackageFolder packages, string platform, string prefix, string ending)
    {
        string id = $"OnnxPrune.Tool.Gpu.{platform}";
        string[] parts = ["", "_providers_cuda", "_providers_shared", "_providers_tensorrt"];
        var expected = parts.Select(part => $"{prefix}onnxruntime{part}{ending}");
        var files = packages.FilesOf(id).Select(file => Path.GetFileName(file));
        var natives = files.Where(name => name.Contains("onnxruntime", StringComparison.Ordinal) && name != "onnxruntime.txt");
        Assert.Equal(expected.Order(StringComparer.Ordinal), natives.Order(StringComparer.Ordinal));
        Assert.InRange(packages.MegabytesOf(id), 0, 250);
        LicenceTests.AssertNamed(packages, id);
    }

    private static IEnumerable<string> Dependencies(PackageFolder packages, string id) =>
        from dependency in XElement.Parse(packages.Text(id, $"{id}.nuspec")).Descendants()
        where dependency.Name.LocalName == "dependency"
        let name = dependency.Attribute("id")!.Value
        orderby name
        select name;
}
