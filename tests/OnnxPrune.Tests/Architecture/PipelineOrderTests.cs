using System.Text.RegularExpressions;
using OnnxPrune.Testing;

namespace OnnxPrune.Architecture;

/// <summary>Each folder of the library is a stage and uses only stages before it.</summary>
public partial class PipelineOrderTests
{
    private static readonly string[] Stages =
    [
        "Diagnostics",
        "Numerics",
        "Model",
        "Normalization",
        "Shapes",
        "Layouts",
        "Operators",
        "Groups",
        "Importance",
        "Allocation",
        "Planning",
        "Rewriting",
    ];

    private static readonly string Library = Path.Combine(RepositoryRoot.Path, "src", "OnnxPrune");

    public static TheoryData<string> Folders => [.. Stages];

    [Fact]
    public void Every_folder_is_a_stage()
    {
        var folders = Sources().Select(Stage).Where(s => s.Length > 0).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Stages.Order(StringComparer.Ordinal), folders);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_stage_uses_only_stages_before_it(string stage)
    {
        var sources = Sources().Where(path => Stage(path) == stage).ToList();
        Assert.NotEmpty(sources);
        var types = Types();
        var later = from path in sources
                    from used in Uses(File.ReadAllText(path), types)
                    where Array.IndexOf(Stages, used) > Array.IndexOf(Stages, stage)
                    select $"{stage}/{Path.GetFileName(path)} uses {used}";
        Assert.Empty(later);
    }

    [Fact]
    public void The_check_finds_a_planted_use()
    {
        var types = Types();
        Assert.Equal(["Planning"], Uses("using OnnxPrune.Planning;", types));
        Assert.Equal(["Layouts"], Uses("using static OnnxPrune.Layouts.Notation;", types));
        Assert.Equal(["Groups"], Uses("var x = Groups.ModelAnalysis.Run(m);", types));
        Assert.Equal(["Rewriting"], Uses("OnnxPrune.Rewriting.Rewriter.Prune(a, k);", types));
        Assert.Empty(Uses("namespace OnnxPrune.Rewriting; var g = layouts.Shapes.Graph;", types));
    }

    [Fact]
    public void The_library_never_names_the_runtime()
    {
        Assert.All(Sources(), path => Assert.DoesNotMatch(Runtime(), File.ReadAllText(path)));
        Assert.DoesNotMatch(Runtime(), File.ReadAllText(Path.Combine(Library, "OnnxPrune.csproj")));
    }

    [Fact]
    public void Every_file_declares_the_namespace_of_its_folder()
    {
        Assert.All(Sources().Where(p => Stage(p).Length > 0), path =>
            Assert.Contains($"namespace OnnxPrune.{Stage(path)};", File.ReadAllText(path), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Library, "*.cs", SearchOption.AllDirectories)
        .Where(path => Path.GetRelativePath(Library, path).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));

    private static string Stage(string path) =>
        Path.GetRelativePath(Library, path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    // The types of each stage, by the names of their files.
    private static ILookup<string, string> Types() => Sources().ToLookup(Stage, path => Path.GetFileName(path).Split('.')[0]);

    private static IEnumerable<string> Uses(string source, ILookup<string, string> types)
    {
        var imports = Import().Matches(source).Select(m => m.Groups[1].Value);
        var mentions = Mention().Matches(source).Where(m => types[m.Groups[1].Value].Contains(m.Groups[2].Value)).Select(m => m.Groups[1].Value);
        return imports.Concat(mentions).Where(Stages.Contains).Distinct();
    }

    [GeneratedRegex(@"(?<!namespace )\bOnnxPrune\.(\w+)")]
    private static partial Regex Import();

    [GeneratedRegex(@"(?<![\w.])(\w+)\.(\w+)\b")]
    private static partial Regex Mention();

    [GeneratedRegex(@"OnnxRuntime|ONNX Runtime|InferenceSession", RegexOptions.IgnoreCase)]
    private static partial Regex Runtime();
}
