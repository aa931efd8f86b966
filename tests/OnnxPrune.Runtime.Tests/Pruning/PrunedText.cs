using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>A model in ONNX text that loses half the channels of its exact groups and is verified.</summary>
internal sealed class PrunedText
{
    private PrunedText(Cut cut, OnnxModel pruned, VerificationReport report)
    {
        Cut = cut;
        Pruned = pruned;
        Report = report;
    }

    public Cut Cut { get; }

    public ModelAnalysis Analysis => Cut.Analysis;

    public OnnxModel Pruned { get; }

    public VerificationReport Report { get; }

    /// <summary>The exact groups, as <c>name (size)</c>.</summary>
    public string Groups => string.Join(", ", Analysis.Groups.Where(g => g.IsExact));

    /// <summary>Prunes a model in ONNX text, which must be verified, and its exact groups must be <paramref name="groups"/>.</summary>
    public static PrunedText Verified(string text, string groups) => Verified(new OnnxModel(OnnxText.Parse(text)), groups);

    /// <summary>Prunes a model, which must be verified, and its exact groups must be <paramref name="groups"/>.</summary>
    public static PrunedText Verified(OnnxModel model, string groups)
    {
        var result = Of(model);
        Assert.Equal(groups, result.Groups);
        Assert.True(result.Report.Verdict == Verdict.Verified, $"{result.Report.Verdict}: {result.Report.Reason}");
        return result;
    }

    /// <summary>Prunes a model.</summary>
    public static PrunedText Of(OnnxModel model)
    {
        var analysis = ModelAnalysis.Run(model);
        var kept = Cut.Of(analysis, analysis.Groups.Where(g => g.IsExact).ToDictionary(g => g, g => EveryOther(g.Size)));
        var pruned = Rewriter.Prune(kept);
        return new PrunedText(kept, pruned, Verifier.Verify(pruned, kept, ExecutionProvider.Cpu));
    }

    /// <summary>The dims of an initializer of the pruned model.</summary>
    public string Dims(string initializer) => string.Join(',', Pruned.Proto.Graph.Initializer.Single(t => t.Name == initializer).Dims);

    private static bool[] EveryOther(int size) => [.. Enumerable.Range(0, size).Select(i => i % 2 == 0)];
}
