using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>What a test asks of a model in text: that it is understood, and that random cuts of it pass verification.</summary>
internal static class ModelText
{
    /// <summary>The analysis of a model.</summary>
    public static ModelAnalysis Analyse(string text) => Analyse(OnnxText.Parse(text));

    /// <summary>Prunes all exact groups at random, several times, and verifies each; returns the analysis.</summary>
    public static ModelAnalysis Verified(string text) => Verified(OnnxText.Parse(text));

    /// <summary>Prunes all exact groups at random, several times, and verifies each; returns the analysis.</summary>
    public static ModelAnalysis Verified(ModelProto model)
    {
        var analysis = Analyse(model);
        Assert.Empty(UnsupportedParts.Of(analysis));
        Assert.NotEmpty(analysis.Groups);
        for (int seed = 0; seed < 3; seed++)
        {
            var masks = RandomMasks.Of(analysis, seed);
            var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
            Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}");
        }
        return analysis;
    }

    private static ModelAnalysis Analyse(ModelProto model) => ModelAnalysis.Run(new OnnxModel(model));
}
