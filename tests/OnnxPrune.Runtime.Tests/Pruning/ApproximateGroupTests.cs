using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Pruning;

/// <summary>Channels that an operator mixes are cut, and the result is what that operator computes over the kept ones.</summary>
public class ApproximateGroupTests
{
    public static TheoryData<string, string> Mixers => new()
    {
        { "LayerNormalization", "q = LayerNormalization <axis = -1> (p, s, t)" },
        { "LayerNormalization", "r = LayerNormalization <axis = -1> (p, s, t) q = Relu (r)" },
        { "LayerNormalization", "l = LayerNormalization <axis = -1> (p, s, t) m = Add (l, p) q = LayerNormalization <axis = -1> (m, s, t)" },
        { "ReduceMean", "m = ReduceMean <axes = [-1]> (p) d = Sub (p, m) e = Mul (d, d) v = ReduceMean <axes = [-1]> (e) w = Sqrt (v) q = Div (d, w)" },
        { "ReduceMean", "e = Mul (p, p) v = ReduceMean <axes = [-1]> (e) w = Sqrt (v) n = Div (p, w) q = Mul (n, s)" },
        { "ReduceMean", "m = ReduceMean <axes = [-1]> (p) q = Mul (p, m)" },
        { "ReduceMax", "m = ReduceMax <axes = [-1]> (p) q = Add (p, m)" },
        { "ReduceSum", "e = Exp (p) axes = Constant <value_ints = [-1]> () m = ReduceSum (e, axes) q = Mul (p, m)" },
        { "Softmax", "q = Softmax <axis = -1> (p)" },
        { "Softmax", "e = Softmax <axis = -1> (p) q = Mul (e, p)" },
        { "LogSoftmax", "q = LogSoftmax <axis = -1> (p)" },
        { "Softmax", "k = Transpose <perm = [0, 2, 1]> (p) e = MatMul (k, p) f = Softmax <axis = -1> (e) h = MatMul (f, k) u = Transpose <perm = [0, 2, 1]> (h) q = Add (u, p)" },
        { "LpNormalization", "e = Sigmoid (p) q = LpNormalization <axis = -1> (e)" },
        { "MeanVarianceNormalization", "q = MeanVarianceNormalization <axes = [1, 2]> (p)" },
        { "MatMul", "e = Sigmoid (p) f = Exp (p) g = Transpose <perm = [0, 2, 1]> (f) h = MatMul (e, g) k = MatMul (h, p) q = Relu (k)" },
        { "Reciprocal", "e = Abs (p) i = Relu (e) f = Reciprocal (i) q = Mul (f, s)" },
    };

    [Theory]
    [MemberData(nameof(Mixers))]
    public void Features_that_are_mixed_are_cut(string mixer, string mixes)
    {
        var report = Verified($$"""
            <ir_version: 8, opset_import: ["" : 17]> g (float[N,9,16] x) => (float[N,9,4] y)
            <float[16,24] a = normal 0.3, float[24] s = uniform 0.5 1.5, float[24] t = normal 0.1, float[24,4] b = normal 0.3>
            { p = MatMul (x, a)  {{mixes}}  y = MatMul (q, b) }
            """);
        Assert.Contains(mixer, report.Reference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(17)]
    public void Group_normalization_in_pieces_loses_groups_and_channels_in_them(int opset)
    {
        var report = Verified($$"""
            <ir_version: 8, opset_import: ["" : {{opset}}]> g (float[N,3,H,W] x) => (float[N,4,H,W] y)
            <float[24,3,3,3] a = normal 0.3, float[4] one = uniform 1 1, float[4] nil = uniform 0 0, float[24,1,1] s = uniform 0.5 1.5, float[24,1,1] t = normal 0.1,
             float[4,24,1,1] b = normal 0.3, int64[3] split = {0, 4, -1}>
            {
                p = Conv <pads = [1,1,1,1]> (x, a)  shape = Shape (p)
                r = Reshape (p, split)  i = InstanceNormalization (r, one, nil)  n = Reshape (i, shape)
                m = Mul (n, s)  q = Add (m, t)  y = Conv (q, b)
            }
            """);
        Assert.Contains("InstanceNormalization", report.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void Group_normalization_loses_channels_of_every_group()
    {
        var report = Verified("""
            <ir_version: 10, opset_import: ["" : 21]> g (float[N,3,8,8] x) => (float[N,4,8,8] y)
            <float[24,3,3,3] a = normal 0.3, float[24] s = uniform 0.5 1.5, float[24] t = normal 0.1, float[4,24,1,1] b = normal 0.3>
            { p = Conv <pads = [1,1,1,1]> (x, a)  q = GroupNormalization <num_groups = 4> (p, s, t)  y = Conv (q, b) }
            """);
        Assert.Contains("GroupNormalization", report.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exact_cut_is_compared_with_the_masked_original_alone()
    {
        var report = Verified("""
            g (float[N,16] x) => (float[N,4] y) <float[16,24] a = normal 0.3, float[24,4] b = normal 0.3>
            { p = MatMul (x, a)  q = Relu (p)  y = MatMul (q, b) }
            """);
        Assert.Equal("the original with the removed channels zeroed", report.Reference);
        Assert.DoesNotContain(report.Runs, run => run.Weights == "reordered");
    }

    [Fact]
    public void Numbers_in_attributes_are_reordered_with_their_features()
    {
        var report = Verified("""
            <ir_version: 8, opset_import: ["" : 17, "ai.onnx.ml" : 3]> g (float[N,16] x) => (float[N,4] y)
            <float[16,6] a = normal 0.3, float[6] s = uniform 0.5 1.5, float[6] t = normal 0.1, float[6,4] b = normal 0.3>
            {
                p = MatMul (x, a)  q = LayerNormalization (p, s, t)
                r = ai.onnx.ml.Scaler <offset = [0.1, 0.5, 0.2, 0.9, 0.4, 0.3], scale = [1.0, 2.0, 3.0, 0.5, 0.7, 1.4]> (q)  y = MatMul (r, b)
            }
            """);
        Assert.Contains("LayerNormalization", report.Reference, StringComparison.Ordinal);
    }

    private static VerificationReport Verified(string model)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(model)));
        Assert.Empty(UnsupportedParts.Of(analysis));
        var masks = RandomMasks.OfAll(analysis, 5);
        Assert.False(masks.IsEmpty);
        var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}\n{string.Join('\n', report.Runs)}");
        return report;
    }
}
