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

/// <summary>
/// Attention and rotary embedding with one rule broken: the cut that follows must fail verification, while the right rule's passes.
/// </summary>
public class BrokenAttentionTests
{
    private const string Attended = """
        <ir_version: 10, opset_import: ["" : 23]> g (float[N,5,8] x) => (float[N,5,4] y)
        <float[8,64] a = normal 0.6, float[8,16] b = normal 0.6, float[8,16] c = normal 0.6, float[64,4] d = normal 0.3>
        { q = MatMul (x, a)  k = MatMul (x, b)  v = MatMul (x, c)  o = Attention <q_num_heads = 16, kv_num_heads = 4> (q, k, v)  y = MatMul (o, d) }
        """;

    private const string Turned = """
        <ir_version: 10, opset_import: ["" : 23]> g (float[N,5,8] x) => (float[N,5,4] y)
        <float[8,32] a = normal 0.6, float[9,4] c = uniform 0.5 1.5, float[9,4] s = uniform 0.5 1.5, float[32,4] d = normal 0.3, int64[1,5] p = {0, 1, 2, 3, 4}>
        { q = MatMul (x, a)  s1 = Shape <start = 0, end = 1> (x)  five = Constant <value_ints = [5]> ()  to = Concat <axis = 0> (s1, five)  i = Expand (p, to)
          o = RotaryEmbedding <num_heads = 4> (q, c, s, i)  y = MatMul (o, d) }
        """;

    [Fact]
    public void Heads_of_queries_that_belong_to_other_keys_fail() => FailsWith(Attended, "Attention", couple: c =>
    {
        var names = c.Rule(Notation.Parse("n . r*k*d, n . k*d, n . k*e -> n . r*k*e"), ("k", 4), ("r", 4), ("d", 4), ("e", 4));
        foreach (string name in new[] { "k", "r", "d", "e" }) c.Record(name, names[name]);
    });

    [Fact]
    public void Scores_that_are_scaled_by_what_is_left_of_a_head_fail() => FailsWith(Attended, "Attention", adjust: c =>
    {
        c.SetAttribute("q_num_heads", (c.KeptRecorded("k") * c.KeptRecorded("r")).Value);
        c.SetAttribute("kv_num_heads", c.KeptRecorded("k").Value);
    });

    [Fact]
    public void Pairs_of_features_that_are_neighbours_instead_of_halves_fail() => FailsWith(Turned, "RotaryEmbedding", couple: c =>
    {
        var names = c.Rule(Notation.Parse("n . h*f*T, . f, . f -> n . h*f*T"), ("h", 4), ("T", 2));
        c.Record("h", names["h"]);
        c.Record("f", names["f"]);
    });

    [Theory]
    [InlineData(Attended)]
    [InlineData(Turned)]
    public void The_right_rules_pass(string model) => Assert.Equal(Verdict.Verified, Verify(Analyse(model, OperatorSet.Default.Find)).Verdict);

    private static void FailsWith(string model, string opType, Action<CouplingContext>? couple = null, Action<AdjustContext>? adjust = null)
    {
        var analysis = Analyse(
            model, node => node.OpType == opType ? new BrokenOperator(OperatorSet.Default.Find(node)!, couple, adjust: adjust) : OperatorSet.Default.Find(node));
        Assert.Contains(analysis.Groups, g => g.IsExact);
        var report = Verify(analysis);
        Assert.Equal(Verdict.Failed, report.Verdict);
        Assert.True(report.WorstError > 10, $"the error is {report.WorstError} times the tolerance");
    }

    private static ModelAnalysis Analyse(string model, Func<Node, Operator?> operators) =>
        ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(model)), operators: OperatorSet.Default.With(operators));

    private static VerificationReport Verify(ModelAnalysis analysis)
    {
        var masks = RandomMasks.Of(analysis, 3);
        return Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
    }
}
