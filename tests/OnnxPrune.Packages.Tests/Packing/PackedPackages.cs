using System.IO.Compression;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Packing;

/// <summary>The repository's packages, packed once for all tests of this assembly into a folder that serves as a package source.</summary>
public sealed class PackedPackages : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Packs.</summary>
    public PackedPackages()
    {
        string copy = Directory.CreateDirectory(folder.File("copy")).FullName;
        SourceCopy.Create(copy);
        SourceCopy.Pack(copy, Feed);
        Directory.Delete(copy, recursive: true);
    }

    /// <summary>The folder with the packages.</summary>
    public string Feed => folder.File("feed");

    /// <summary>The version that all packages have.</summary>
    public string Version { get; } = typeof(Planning.ToolVersion).Assembly.GetName().Version!.ToString(3);

    /// <summary>The folder where NuGet unpacks what the tests restore, so that the machine's own stays as it is.</summary>
    public string RestoredPackages => folder.File("restored");

    /// <summary>The path of a package.</summary>
    public string PathOf(string id, string extension = "nupkg") => Path.Combine(Feed, $"{id}.{Version}.{extension}");

    /// <summary>A package, opened.</summary>
    public ZipArchive Open(string id, string extension = "nupkg") => ZipFile.OpenRead(PathOf(id, extension));

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
