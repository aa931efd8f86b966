using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Testing;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.FoundInModels;

/// <summary>Layers behind selected points and sequences of tensors are pruned.</summary>
public class DataDependentSizeTests
{
    public static TheoryData<string> Kinds => [.. DataDependentModels.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Layers_behind_sizes_that_depend_on_data(string kind) => Verified(DataDependentModels.Text(kind));

    public static TheoryData<string> Declared => [.. DeclaredShapeModels.Kinds];

    [Theory]
    [MemberData(nameof(Declared))]
    public void Layers_behind_sizes_that_are_declared(string kind) => Verified(DeclaredShapeModels.Text(kind));

    private static void Verified(string text)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));
        var masks = RandomMasks.Of(analysis, 3);
        var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}");
    }

    [Fact]
    public void Layers_behind_selected_points() => PrunedText.Verified(
        """
        <ir_version: 8, opset_import: ["" : 17]> g (float[P,10] x) => (float[K,4] y)
        <float least = {0.1}, int64[1] one = {1}, int64[1] zero = {0}, float[32,10] a = normal 0.4, float[32] ab = normal 0.2, float[24,32] b = normal 0.3, float[4,24] c = normal 0.3>
        {
            m = ReduceMax <axes = [1]> (x)  g1 = Greater (m, least)  s = Squeeze (g1, one)  n = NonZero (s)  i = Squeeze (n, zero)  p = Gather (x, i)
            h = Gemm <transB = 1> (p, a, ab)  r = Relu (h)  k = Gemm <transB = 1> (r, b)  q = Relu (k)  y = Gemm <transB = 1> (q, c)
        }
        """,
        "a[0] (32), b[0] (24)");

    [Fact]
    public void Layers_behind_a_sequence() => PrunedText.Verified(
        """
        <ir_version: 8, opset_import: ["" : 13]> g (float[N,3,8,8] x) => (float[N,10,a,b] y)
        <float[32,3,3,3] w = normal 0.3, int64 half = {16}, int64 zero = {0}, int64 one = {1}, float[24,16,1,1] a = normal 0.3, float[24,16,3,3] b = normal 0.2, float[10,24,1,1] c = normal 0.3>
        {
            h = Conv <pads = [1,1,1,1]> (x, w)  r = Relu (h)  s = SplitToSequence <axis = 1> (r, half)  p = SequenceAt (s, zero)  q = SequenceAt (s, one)
            d = Conv (p, a)  e = Conv <pads = [1,1,1,1]> (q, b)  f = Add (d, e)  g1 = Relu (f)  y = Conv (g1, c)
        }
        """,
        "a[0] (24)");
}
