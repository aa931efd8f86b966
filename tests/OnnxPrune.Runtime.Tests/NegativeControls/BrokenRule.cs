using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.NegativeControls;

/// <summary>A model analysed with one rule broken: verification must say so.</summary>
internal static class BrokenRule
{
    /// <summary>Breaks one operator's rule; with the wrong rule there must still be something to cut, and the cut must fail.</summary>
    public static void FailsWith(string model, string opType, Action<CouplingContext>? couple = null, Action<ZeroContext>? flowZeros = null)
    {
        var analysis = Analyse(
            model, node => node.OpType == opType ? new BrokenOperator(OperatorSet.Default.Find(node)!, couple, flowZeros) : OperatorSet.Default.Find(node));
        Assert.Contains(analysis.Groups, g => g.IsExact);
        var report = Verify(analysis);
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.True(report.WorstError > 10, $"the error is {report.WorstError} times the tolerance");
    }

    /// <summary>The same model with the rules of the table.</summary>
    public static void TheRightOnePasses(string model) => Assert.Equal(Verdict.Verified, Verify(Analyse(model, OperatorSet.Default.Find)).Verdict);

    private static ModelAnalysis Analyse(string model, Func<Node, Operator?> operators) =>
        ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(model)), operators: OperatorSet.Default.With(operators));

    private static VerificationReport Verify(ModelAnalysis analysis)
    {
        var masks = RandomMasks.Of(analysis, 3);
        return Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
    }
}
