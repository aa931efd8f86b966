using Onnx;
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

/// <summary>Approximate does not mean unverified: a wrong cut of channels that a normalisation mixes must fail.</summary>
public class WrongApproximateCutTests
{
    private const string Normalised = """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,9,16] x) => (float[N,9,4] y)
        <float[16,12] a = normal 0.3, float[16,12] b = normal 0.3, float[24] s = uniform 0.5 1.5, float[24] t = normal 0.1, float[24,4] c = normal 0.3>
        { p = MatMul (x, a)  q = MatMul (x, b)  r = Concat <axis = -1> (p, q)  n = LayerNormalization <axis = -1> (r, s, t)  y = MatMul (n, c) }
        """;

    [Fact]
    public void The_right_cut_passes() => Assert.Equal(Verdict.Verified, Verify(Analyse(OperatorSet.Default.Find), cut => Rewriter.Prune(cut)).Verdict);

    [Fact]
    public void A_scale_that_is_coupled_with_other_channels_fails()
    {
        var wrong = new BrokenOperator(OperatorSet.Default.Find(Analyse(OperatorSet.Default.Find).Graph.Nodes.Single(n => n.OpType == "LayerNormalization"))!, couple: c =>
        {
            var halves = c.Split(c.Input(0)[^1], Size.Of(12));
            foreach (int vector in new[] { 1, 2 }) c.Unify(c.Input(vector)[0], c.Concat(halves[1], halves[0]));
            c.Output(0, c.Input(0));
        });
        var report = Verify(Analyse(node => node.OpType == "LayerNormalization" ? wrong : OperatorSet.Default.Find(node)), cut => Rewriter.Prune(cut));
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.Contains("when channels are reordered", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_channels_than_the_plan_says_fail()
    {
        var report = Verify(Analyse(OperatorSet.Default.Find), cut =>
            Rewriter.Prune(Cut.Of(cut.Analysis, cut.Groups.ToDictionary(g => g, g => cut.MaskOf(g)!.Reverse().ToArray()))));
        Assert.Equal(Verdict.Failed, report.Verdict);
    }

    [Theory]
    [InlineData("s")]
    [InlineData("t")]
    public void A_vector_of_the_normalisation_that_was_cut_elsewhere_fails(string name)
    {
        var report = Verify(Analyse(OperatorSet.Default.Find), cut => WithReversed(Rewriter.Prune(cut), name));
        Assert.Equal(Verdict.Failed, report.Verdict);
    }

    private static ModelAnalysis Analyse(Func<Node, Operator?> operators) => ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Normalised)), operators: OperatorSet.Default.With(operators));

    private static VerificationReport Verify(ModelAnalysis analysis, Func<Cut, OnnxModel> prune)
    {
        Assert.All(analysis.Groups, g => Assert.False(g.IsExact));
        var masks = RandomMasks.OfAll(analysis, 3);
        return Verifier.Verify(prune(masks), masks, ExecutionProvider.Cpu);
    }

    private static OnnxModel WithReversed(OnnxModel model, string name)
    {
        var copy = model.Proto.Clone();
        var tensor = copy.Graph.Initializer.Single(t => t.Name == name);
        var reversed = Tensors.Make(name, ElementType.Float, [.. tensor.Dims], [.. Tensors.Doubles(tensor).Reverse()]);
        tensor.RawData = reversed.RawData;
        return model with { Proto = copy };
    }
}
