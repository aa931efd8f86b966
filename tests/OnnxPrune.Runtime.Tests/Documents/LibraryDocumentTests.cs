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
    public async Task Accuracy_is_recovered_and_every_stage_is_reported()
    {
        var progress = new Stages();
        var result = await LibraryExamples.Recover(
            LeNet, Model("mnist-calibration-x.npy"), folder.File("half.onnx"), progress, CancellationToken.None);
        Assert.True(result.Recovery!.ErrorAfter < result.Recovery.ErrorBefore);
        Assert.Equal(Verdict.Verified, result.Verification!.Verdict);
        Assert.Equal(
            [
                PruningStage.Loading, PruningStage.Analysing, PruningStage.Calibrating, PruningStage.Planning, PruningStage.Rewriting,
                PruningStage.Verifying, PruningStage.Recovering,
            ],
            progress.Seen);
        Assert.True(File.Exists(folder.File("half.onnx")));
    }

    [Fact]
    public async Task A_cancelled_run_ends_and_leaves_no_file()
    {
        using var source = new CancellationTokenSource();
        var progress = new Stages { At = PruningStage.Planning, Do = source.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LibraryExamples.Recover(
            LeNet, Model("mnist-calibration-x.npy"), folder.File("half.onnx"), progress, source.Token));
        Assert.False(File.Exists(folder.File("half.onnx")));
    }

    [Fact]
    public async Task A_plan_is_carried_out_again()
    {
        var options = new PruningOptions { Budget = "macs=50%" };
        var plan = await PruningRun.PlanAsync(LeNet, options);
        var first = await PruningRun.RunAsync(LeNet, options);
        var again = await PruningRun.RunAsync(LeNet, new PruningOptions { Plan = plan });
        Assert.Equal(first.Model.Proto, again.Model.Proto);
        var both = new PruningOptions { Plan = plan, Budget = "macs=50%" };
        await Assert.ThrowsAsync<OnnxPruneException>(() => PruningRun.RunAsync(LeNet, both));
        await Assert.ThrowsAsync<OnnxPruneException>(() => PruningRun.RunAsync(LeNet, new PruningOptions()));
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

    private sealed class Stages : IProgress<PruningProgress>
    {
        public List<PruningStage> Seen { get; } = [];

        public PruningStage? At { get; init; }

        public Action Do { get; init; } = () => { };

        public void Report(PruningProgress value)
        {
            if (!Seen.Contains(value.Stage)) Seen.Add(value.Stage);
            if (value.Stage == At) Do();
        }
    }
}
