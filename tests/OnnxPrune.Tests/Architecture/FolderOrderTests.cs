using System.Text.RegularExpressions;
using OnnxPrune.Testing;

namespace OnnxPrune.Architecture;

/// <summary>Each folder of a project uses only the folders before it, in the order that docs/architecture.md states.</summary>
public partial class FolderOrderTests
{
    public static TheoryData<string> Projects => ["OnnxPrune", "OnnxPrune.Runtime", "OnnxPrune.Cli"];

    public static TheoryData<string, string> Folders
    {
        get
        {
            var folders = new TheoryData<string, string>();
            foreach (string project in new[] { "OnnxPrune", "OnnxPrune.Runtime", "OnnxPrune.Cli" })
                foreach (string folder in SourceTree.Of(project).Order) folders.Add(project, folder);
            return folders;
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_has_a_place_in_the_order(string project)
    {
        var tree = SourceTree.Of(project);
        Assert.Equal(tree.Order.Order(StringComparer.Ordinal), tree.Files.Select(f => f.Folder).Where(f => f.Length > 0).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_folders_before_it(string project, string folder)
    {
        var tree = SourceTree.Of(project);
        var later = from file in tree.Files
                    where file.Folder == folder
                    from used in tree.UsesOf(file.Text)
                    where tree.Place(used) > tree.Place(folder)
                    select $"{folder}/{file.Name} uses {(used.Length > 0 ? used : "the project's own folder")}";
        Assert.Empty(later);
    }

    [Fact]
    public void The_check_finds_a_planted_use()
    {
        var library = SourceTree.Of("OnnxPrune");
        Assert.Equal(["Planning"], library.UsesOf("using OnnxPrune.Planning;"));
        Assert.Equal(["Layouts"], library.UsesOf("using static OnnxPrune.Advanced.Notation;"));
        Assert.Equal(["Groups"], library.UsesOf("var x = ModelAnalysis.Run(m);"));
        Assert.Equal(["Rewriting"], library.UsesOf("Rewriter.Prune(a, k);"));
        Assert.Empty(library.UsesOf("namespace OnnxPrune.Rewriting; var g = layouts.Shapes.Graph;"));
        var runtime = SourceTree.Of("OnnxPrune.Runtime");
        Assert.Equal(["Recovery"], runtime.UsesOf("using OnnxPrune.Runtime.Recovery;"));
        Assert.Equal(["Pipeline"], runtime.UsesOf("var run = PruningPipeline.Default;"));
        Assert.Empty(runtime.UsesOf("// PruningPipeline\nvar text = \"PruningPipeline\" + x.PruningPipeline;"));
        Assert.Equal(["Output", ""], SourceTree.Of("OnnxPrune.Cli").UsesOf("ExitCode.Of(new Interruption());"));
    }

    [Fact]
    public void The_library_never_names_the_runtime()
    {
        var library = SourceTree.Of("OnnxPrune");
        Assert.All(library.Files, file => Assert.DoesNotMatch(Runtime(), file.Text));
        Assert.DoesNotMatch(Runtime(), File.ReadAllText(Path.Combine(library.Path, "OnnxPrune.csproj")));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_file_declares_the_namespace_of_its_folder_or_of_the_public_api(string project)
    {
        var tree = SourceTree.Of(project);
        Assert.All(tree.Files.Where(f => f.Folder.Length > 0), file =>
            Assert.True(
                tree.IsShared(file) || Regex.IsMatch(file.Text, $@"^namespace {project}\.{file.Folder}[.\w]*;", RegexOptions.Multiline),
                $"{file.Folder}/{file.Name}"));
    }

    [Theory]
    [InlineData("OnnxPrune")]
    [InlineData("OnnxPrune.Runtime")]
    public void Public_types_are_in_the_namespace_of_the_project_or_in_Advanced(string project)
    {
        var tree = SourceTree.Of(project);
        Assert.All(tree.Files.Where(f => !tree.IsShared(f)), file => Assert.DoesNotMatch("(?m)^public ", file.Text));
    }

    [GeneratedRegex(@"OnnxRuntime|ONNX Runtime|InferenceSession", RegexOptions.IgnoreCase)]
    private static partial Regex Runtime();
}
