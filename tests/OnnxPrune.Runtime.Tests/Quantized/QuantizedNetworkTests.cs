using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Tests.Pruning;
using OnnxPrune.Runtime.Tests.RandomGraphs;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Testing;
using Xunit.Abstractions;
using Verifier = OnnxPrune.Runtime.Advanced.Verifier;

namespace OnnxPrune.Runtime.Tests.Quantized;

/// <summary>Whole networks, quantised in both forms, lose half the channels of every group and are verified.</summary>
public class QuantizedNetworkTests(ITestOutputHelper log)
{
    // Group convolution, depthwise, residual and concat.
    private const string Convolutions = """
        <ir_version: 8, opset_import: ["" : 13]> g (float[N,3,12,12] x) => (float[N,5] y)
        <float[16,3,3,3] a = normal 0.3, float[16] ab = normal 0.2, float[16,4,3,3] b = normal 0.2, float[16] bb = normal 0.2, float[16,1,3,3] c = normal 0.4, float[16] cb = normal 0.2,
         float[12,16,1,1] d = normal 0.3, float[16,28,1,1] e = normal 0.2, float[16] eb = normal 0.2, float[16,5] f = normal 0.4, float[5] fb = normal 0.2>
        {
          p = Conv <pads = [1,1,1,1]> (x, a, ab)  q = Relu (p)
          r = Conv <group = 4, pads = [1,1,1,1]> (q, b, bb)  s = Add (q, r)  t = Relu (s)
          u = Conv <group = 16, pads = [1,1,1,1]> (t, c, cb)  v = Clip (u)  w = Conv (v, d)
          k = Concat <axis = 1> (t, w)  m = MaxPool <kernel_shape = [2,2], strides = [2,2]> (k)  n = Conv (m, e, eb)  o = Relu (n)
          i = GlobalAveragePool (o)  j = Flatten (i)  l = MatMul (j, f)  y = Add (l, fb)
        }
        """;

    // Attention with two heads, and a feed-forward part.
    private const string Transformer = """
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,7,16] x) => (float[N,7,6] y)
        <float[16,24] wq = normal 0.2, float[16,24] wk = normal 0.2, float[16,24] wv = normal 0.3, float[24,16] wo = normal 0.3, float[16] s = uniform 0.5 1.5, float[16] b = normal 0.2,
         float[16,32] w1 = normal 0.3, float[32] b1 = normal 0.3, float[32,16] w2 = normal 0.3, float[16,6] head = normal 0.3, int64[4] split = {0,0,2,12}, int64[3] merge = {0,0,24}, float scale = {0.288}>
        {
          q0 = MatMul (x, wq)  q1 = Reshape (q0, split)  q = Transpose <perm = [0,2,1,3]> (q1)
          k0 = MatMul (x, wk)  k1 = Reshape (k0, split)  k = Transpose <perm = [0,2,3,1]> (k1)
          v0 = MatMul (x, wv)  v1 = Reshape (v0, split)  v = Transpose <perm = [0,2,1,3]> (v1)
          a0 = MatMul (q, k)  a1 = Mul (a0, scale)  a2 = Softmax <axis = -1> (a1)  a3 = MatMul (a2, v)
          a4 = Transpose <perm = [0,2,1,3]> (a3)  a5 = Reshape (a4, merge)  a6 = MatMul (a5, wo)
          h0 = Add (x, a6)  h = LayerNormalization (h0, s, b)
          f0 = MatMul (h, w1)  f1 = Add (f0, b1)  f2 = Relu (f1)  f3 = MatMul (f2, w2)  z = Add (h, f3)  y = MatMul (z, head)
        }
        """;

    [Theory]
    [InlineData(QuantizedForm.Pairs, 4)]
    [InlineData(QuantizedForm.Linear, 4)]
    public void Convolutions_with_groups_residual_and_concat(QuantizedForm form, int groups) =>
        AssertVerified(new OnnxModel(OnnxText.Parse(Convolutions)), form, groups);

    [Theory]
    [InlineData(QuantizedForm.Pairs, 4)]
    [InlineData(QuantizedForm.Linear, 4)]
    public void A_transformer_block(QuantizedForm form, int groups) => AssertVerified(new OnnxModel(OnnxText.Parse(Transformer)), form, groups);

    [Theory]
    [InlineData(QuantizedForm.Pairs, 12)]
    [InlineData(QuantizedForm.Linear, 12)]
    public void A_trained_residual_network(QuantizedForm form, int groups) =>
        AssertVerified(ModelFile.Load(RepositoryRoot.Model("resnet20-cifar10.onnx")), form, groups);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(QuantizedForm.Pairs, 25)]
    [InlineData(QuantizedForm.Linear, 25)]
    public void A_mobile_network(QuantizedForm form, int groups) => AssertVerified(Testing.Zoo.Load("mobilenet_v2"), form, groups);

    [Theory]
    [InlineData(QuantizedForm.Pairs, 20_000, 12)]
    [InlineData(QuantizedForm.Linear, 20_100, 12)]
    public void Random_networks(QuantizedForm form, int first, int count) => Check(form, first, count);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(QuantizedForm.Pairs, 30_000, 200)]
    [InlineData(QuantizedForm.Linear, 40_000, 200)]
    public void Many_random_networks(QuantizedForm form, int first, int count) => Check(form, first, count);

    private void Check(QuantizedForm form, int first, int count)
    {
        var failures = new List<string>();
        int verified = 0, groups = 0;
        for (int seed = first; seed < first + count; seed++)
        {
            var analysis = ModelAnalysis.Run(Quantizer.Quantize(seed % 3 == 0 ? TokenNetwork.Create(seed) : ImageNetwork.Create(seed), form));
            var masks = RandomMasks.Of(analysis, seed);
            var report = Verifier.Verify(Rewriter.Prune(masks), masks, ExecutionProvider.Cpu);
            log.WriteLine($"{seed}: {masks.Groups.Count} groups, {report.Verdict}, error {report.WorstError:g3}, power {report.Power:g3}, tolerance {report.AbsoluteTolerance}");
            groups += masks.Groups.Count;
            if (report.Verdict == Verdict.Verified) verified++;
            else if (report.Verdict == Verdict.Failed) failures.Add($"seed {seed}: {report.Reason}");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(verified > 0.7 * count && groups > count, $"{verified} verified, {groups} groups");
    }

    private void AssertVerified(OnnxModel model, QuantizedForm form, int groups)
    {
        var analysis = ModelAnalysis.Run(Quantizer.Quantize(model, form));
        var plan = Planner.Plan(
            analysis, new PruneOptions { Budget = Budget.Parse("channels=50%"), Allocation = new AllocationOptions(Scope.Local) });
        var kept = plan.Cut;
        var report = Verifier.Verify(Rewriter.Prune(kept), kept, ExecutionProvider.Cpu);
        foreach (var group in analysis.Groups.Where(g => !g.IsExact)) log.WriteLine($"{group} {group.ApproximateBecause}");
        foreach (var run in report.Runs)
            log.WriteLine($"{run.Weights}: difference {run.LargestDifference:g3}, error {run.Error:g3}, power {run.Power:g3}");
        Assert.True(report.Verdict == Verdict.Verified, $"{report.Verdict}: {report.Reason}");
        Assert.Equal(groups, analysis.Groups.Count(g => g.IsExact));
    }
}
