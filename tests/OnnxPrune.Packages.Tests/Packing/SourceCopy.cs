using OnnxPrune.Packages.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Packing;

/// <summary>
/// A copy of what packages are made from: packing it leaves alone the folders bin and obj, which other test hosts use at the same time,
/// and shows what a clean clone makes.
/// </summary>
internal static class SourceCopy
{
    // Not .git, which in a worktree is a file: the copy would have the revision of a repository that goes on.
    private static readonly string[] Files =
        ["*.props", "*.targets", "global.json", "NuGet.config", ".editorconfig", "LICENSE", "THIRD-PARTY-NOTICES.txt"];

    private static readonly string[] Folders = ["src", "build"];
    private static readonly string[] Left = ["bin", "obj"];

    // They restore half a gigabyte of CUDA, and have a test of their own.
    private const string ForGpu = ".Gpu.csproj";

    /// <summary>Copies the sources into a folder.</summary>
    public static void Create(string folder)
    {
        foreach (string pattern in Files)
        {
            foreach (string file in Directory.EnumerateFiles(RepositoryRoot.Path, pattern))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        foreach (string name in Folders.Where(name => Directory.Exists(Path.Combine(RepositoryRoot.Path, name))))
            Copy(new DirectoryInfo(Path.Combine(RepositoryRoot.Path, name)), Directory.CreateDirectory(Path.Combine(folder, name)));
    }

    /// <summary>
    /// Packs projects of a copy, by default all that are in src but those for GPUs, into a folder, as a build of continuous integration does.
    /// Restored packages come from where all builds of this machine have them.
    /// </summary>
    public static void Pack(string copy, string feed, params string[] projects)
    {
        var found = Directory.EnumerateFiles(Path.Combine(copy, "src"), "*.csproj", SearchOption.AllDirectories);
        IEnumerable<string> packed = projects.Length > 0
            ? projects
            : found.Where(file => !file.EndsWith(ForGpu, StringComparison.Ordinal)).Select(file => Path.GetRelativePath(copy, file))
                .Order(StringComparer.Ordinal);
        var lines = packed.Select(project => $"""  <Project Path="{project}" />""");
        string solution = Path.Combine(copy, "Packages.slnx");
        File.WriteAllLines(solution, ["<Solution>", .. lines, "</Solution>"]);
        var variables = new Dictionary<string, string?> { ["CI"] = "true" };
        Dotnet.Run(copy, variables, "pack", solution, "-c", "Release", "-p:RunAnalyzers=false", $"-p:PackageOutputPath={feed}").Succeeded();
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(folder => !Left.Contains(folder.Name)))
            Copy(folder, to.CreateSubdirectory(folder.Name));
    }
}
