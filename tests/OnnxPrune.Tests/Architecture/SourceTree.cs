using System.Text.RegularExpressions;
using OnnxPrune.Testing;

namespace OnnxPrune.Architecture;

/// <summary>The sources of a project, and what they say of each other.</summary>
internal sealed partial class SourceTree
{
    private readonly string project;
    private readonly ILookup<string, string> types;
    private readonly Dictionary<string, string> shared;

    private SourceTree(string project)
    {
        this.project = project;
        Path = System.IO.Path.Combine(RepositoryRoot.Path, "src", project);
        Order = Documented(project);
        Files = [.. Directory.EnumerateFiles(Path, "*.cs", SearchOption.AllDirectories).Select(Read).Where(f => f.Folder is not ("obj" or "bin"))];
        types = Files.SelectMany(f => Declaration().Matches(f.Text).Select(m => (f.Folder, Name: m.Groups[1].Value))).ToLookup(t => t.Folder, t => t.Name);
        shared = Files
            .Where(IsShared)
            .SelectMany(f => Declaration().Matches(f.Text).Select(m => (f.Folder, Name: m.Groups[1].Value)))
            .DistinctBy(t => t.Name)
            .ToDictionary(t => t.Name, t => t.Folder, StringComparer.Ordinal);
    }

    /// <summary>The folder of the project.</summary>
    public string Path { get; }

    /// <summary>The folders in the order of docs/architecture.md. What is in no folder comes after them.</summary>
    public IReadOnlyList<string> Order { get; }

    /// <summary>All files, each with its folder directly below the project's; the folder is empty for a file in none.</summary>
    public IReadOnlyList<(string Folder, string Name, string Text)> Files { get; }

    public static SourceTree Of(string project) => new(project);

    /// <summary>The place of a folder in the order.</summary>
    public int Place(string folder) => folder.Length == 0 ? Order.Count : Order.TakeWhile(f => f != folder).Count();

    /// <summary>
    /// The folders that a source uses: by an import, by a name that is qualified with the folder, or, for public types, which need no import, by the
    /// name alone.
    /// </summary>
    public IEnumerable<string> UsesOf(string source)
    {
        string code = Prose().Replace(source, "");
        var imports = Regex.Matches(code, $@"(?<!namespace )\b{Regex.Escape(project)}\.(\w+)").Select(m => m.Groups[1].Value).Where(Order.Contains);
        var mentions = Mention().Matches(code).Where(m => types[m.Groups[1].Value].Contains(m.Groups[2].Value)).Select(m => m.Groups[1].Value);
        var names = Word().Matches(code).Where(m => shared.ContainsKey(m.Value)).Select(m => shared[m.Value]);
        return imports.Concat(mentions).Concat(names).Distinct();
    }

    /// <summary>True for a file whose types are public: in the namespace of the project, or in <c>Advanced</c> below it.</summary>
    public bool IsShared((string Folder, string Name, string Text) file) =>
        Regex.IsMatch(file.Text, $@"^namespace {Regex.Escape(project)}(\.Advanced)?;", RegexOptions.Multiline);

    // The rows of the table whose first heading names the project: | folder of `OnnxPrune` | ...
    private static string[] Documented(string project)
    {
        string[] lines = File.ReadAllLines(System.IO.Path.Combine(RepositoryRoot.Path, "docs", "architecture.md"));
        int heading = Array.FindIndex(lines, line => line.StartsWith($"| folder of `{project}` |", StringComparison.Ordinal));
        return [.. lines.Skip(heading + 2).TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
    }

    private (string Folder, string Name, string Text) Read(string path)
    {
        string[] parts = System.IO.Path.GetRelativePath(Path, path).Split(System.IO.Path.DirectorySeparatorChar);
        return (parts.Length > 1 ? parts[0] : "", parts[^1], File.ReadAllText(path));
    }

    // Types at the top level of a file, which begin at its left margin.
    [GeneratedRegex(@"^(?:public|internal)[^;={(\n]*?\b(?:class|record struct|record|struct|interface|enum|delegate [\w<>?,.]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])(\w+)\.(\w+)\b")]
    private static partial Regex Mention();

    // A word after a keyword such as string is a name that the source declares.
    [GeneratedRegex(@"(?:(?<=\bAdvanced\.)|(?<![\w.]|\bstring ))\w+\b")]
    private static partial Regex Word();

    // Comments and the texts of plain strings.
    [GeneratedRegex(@"//[^\n]*|(?<=(?<!"")"")(?:[^""\\\n]|\\.)+(?="")")]
    private static partial Regex Prose();
}
