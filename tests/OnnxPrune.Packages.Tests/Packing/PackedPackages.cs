using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Packing;

/// <summary>
/// The repository's packages but those for GPUs, packed once for all tests of this assembly into a folder that serves as a package source.
/// </summary>
public sealed class PackedPackages : PackageFolder, IDisposable
{
    /// <summary>The platforms that the command has packages for.</summary>
    public static readonly IReadOnlyList<string> Platforms = ["linux-arm64", "linux-x64", "osx-arm64", "win-arm64", "win-x64"];

    /// <summary>All of these packages.</summary>
    public static readonly IReadOnlyList<string> Ids =
        ["OnnxPrune", "OnnxPrune.MSBuild", "OnnxPrune.Runtime", "OnnxPrune.Tool", .. Platforms.Select(platform => $"OnnxPrune.Tool.{platform}")];

    private readonly TemporaryFolder folder;

    /// <summary>Packs.</summary>
    public PackedPackages()
        : this(new TemporaryFolder())
    {
    }

    private PackedPackages(TemporaryFolder folder)
        : base(folder.File("feed"))
    {
        this.folder = folder;
        string copy = Directory.CreateDirectory(folder.File("copy")).FullName;
        SourceCopy.Create(copy);
        SourceCopy.Pack(copy, Feed);
        Directory.Delete(copy, recursive: true);
    }

    /// <summary>The folder where NuGet unpacks what the tests restore, so that the machine's own stays as it is.</summary>
    public string RestoredPackages => folder.File("restored");

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
