using System.IO.Compression;

namespace OnnxPrune.Packages.Tests.Packing;

/// <summary>A folder with packages of one version.</summary>
/// <param name="feed">The folder.</param>
public class PackageFolder(string feed)
{
    /// <summary>The folder with the packages.</summary>
    public string Feed => feed;

    /// <summary>The version that all packages have.</summary>
    public string Version { get; } = typeof(Planning.ToolVersion).Assembly.GetName().Version!.ToString(3);

    /// <summary>The path of a package.</summary>
    public string PathOf(string id, string extension = "nupkg") => Path.Combine(Feed, $"{id}.{Version}.{extension}");

    /// <summary>The size of a package in megabytes.</summary>
    public double MegabytesOf(string id) => new FileInfo(PathOf(id)).Length / 1e6;

    /// <summary>A package, opened.</summary>
    public ZipArchive Open(string id, string extension = "nupkg") => ZipFile.OpenRead(PathOf(id, extension));

    /// <summary>The names of the files in a package, in order, but for those that packaging itself needs.</summary>
    public IReadOnlyList<string> FilesOf(string id)
    {
        using var package = Open(id);
        return [.. package.Entries.Select(entry => entry.FullName).Where(name => !IsPackaging(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file in a package.</summary>
    public string Text(string id, string file)
    {
        using var package = Open(id);
        var entry = package.GetEntry(file);
        Assert.True(entry is not null, $"{id} has no {file}");
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static bool IsPackaging(string name) =>
        name.EndsWith(".nuspec", StringComparison.Ordinal) || name.StartsWith("_rels/", StringComparison.Ordinal)
        || name.StartsWith("package/", StringComparison.Ordinal) || name == "[Content_Types].xml";
}
