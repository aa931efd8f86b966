using System.Text.RegularExpressions;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Documents;

/// <summary>The programs of docs/library.md compile, run, and are those that stand there.</summary>
public sealed partial class LibraryDocumentTests : IDisposable
{
    private static readonly string LeNet = Model("lenet-mnist.onnx");

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_document_shows_the_programs_of_this_test()
    {
        string source = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests/OnnxPrune.Runtime.Tests/Documents/LibraryExamples.cs"))
            .ReplaceLineEndings("\n");
        string document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/library.md")).ReplaceLineEndings("\n");
        var programs = Program().Matches(source).Select(m => Unindented(m.Groups["code"].Value)).ToList();
        Assert.Equal(programs, Shown().Matches(document).Select(m => m.Groups["code"].Value));
    }

    [Fact]
    public void A_model_is_pruned_verified_and_saved()
    {
        string output = folder.File("half.onnx");
        Assert.Equal(Verdict.Verified, LibraryExamples.Prune(LeNet, output).Verdict);
        Assert.True(new FileInfo(output).Length < new FileInfo(LeNet).Length);
        Assert.True(File.Exists(folder.File("half.plan.json")));
    }

    [Fact]
    public void Accuracy_is_recovered()
    {
        var result = LibraryExamples.Recover(LeNet, Model("mnist-calibration-x.npy"), folder.File("half.onnx"), CancellationToken.None);
        Assert.True(result.ErrorAfter < result.ErrorBefore);
    }

    [Fact]
    public void Groups_are_listed() =>
        Assert.Contains(LibraryExamples.Inspect(LeNet), line => line.Contains("weight axes, exact", StringComparison.Ordinal));

    [Fact]
    public void Own_scores_decide()
    {
        var plan = LibraryExamples.OwnScores(LeNet, group => [.. Enumerable.Range(0, group.Size).Select(c => (double)c)]);
        Assert.All(plan.Groups.Where(g => g.KeptCount < g.Size), g => Assert.Equal($"{g.Size - g.KeptCount}-{g.Size - 1}", g.Kept));
    }

    [Fact]
    public void A_failure_has_a_code() => Assert.StartsWith("OP1001: ", LibraryExamples.Fails(folder.File("missing.onnx")), StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private static string Model(string name) => Path.Combine(RepositoryRoot.Path, "models", name);

    private static string Unindented(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));

    [GeneratedRegex(@"// <(?<name>\w+)>\n(?<code>.*?)\n +// </\k<name>>", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
