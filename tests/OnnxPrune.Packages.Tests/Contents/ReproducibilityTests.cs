using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OnnxPrune.Packages.Tests.Packing;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>What is packed in continuous integration follows from the sources alone, not from the machine and the folder.</summary>
[Collection(PackedPackagesTests.Name)]
public class ReproducibilityTests(PackedPackages packages)
{
    private const string Library = "lib/net10.0/OnnxPrune.dll";

    [Fact]
    [Trait("Category", "Long")]
    public void Another_folder_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string copy = Directory.CreateDirectory(folder.File("a-folder-of-another-name")).FullName;
        SourceCopy.Create(copy);
        SourceCopy.Pack(copy, folder.File("feed"), "src/OnnxPrune/OnnxPrune.csproj");
        using var first = packages.Open("OnnxPrune");
        using var second = ZipFile.OpenRead(Path.Combine(folder.File("feed"), Path.GetFileName(packages.PathOf("OnnxPrune"))));
        Assert.Equal(Read(first, Library), Read(second, Library));
    }

    [Theory]
    [InlineData("OnnxPrune", "lib/net10.0/OnnxPrune")]
    [InlineData("OnnxPrune.Runtime", "lib/net10.0/OnnxPrune.Runtime")]
    [InlineData("OnnxPrune.Tool.linux-x64", "tools/net10.0/linux-x64/OnnxPrune.Cli")]
    public void No_folder_of_the_machine_is_named_in_assembly_or_symbols(string id, string path)
    {
        using var package = packages.Open(id);
        using var symbols = packages.Open(id, "snupkg");
        using var assembly = new PEReader(new MemoryStream(Read(package, path + ".dll")));
        var debugging = assembly.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        Assert.All(debugging, entry => Assert.StartsWith("/_/", assembly.ReadCodeViewDebugDirectoryData(entry).Path, StringComparison.Ordinal));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(symbols, path + ".pdb")));
        var reader = provider.GetMetadataReader();
        string[] documents = [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_", document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_command_is_the_same_assembly_on_all_platforms()
    {
        byte[][] assemblies = [.. PackedPackages.Platforms.Select(platform =>
        {
            using var package = packages.Open($"OnnxPrune.Tool.{platform}");
            return Read(package, $"tools/net10.0/{platform}/OnnxPrune.Cli.dll");
        })];
        Assert.All(assemblies, assembly => Assert.Equal(assemblies[0], assembly));
    }

    private static byte[] Read(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
