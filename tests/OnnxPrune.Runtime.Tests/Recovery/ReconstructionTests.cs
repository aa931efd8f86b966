using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Sensitivity;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Recovery;

/// <summary>Where the kept channels hold all that the removed ones knew, reconstruction gives the original outputs back.</summary>
public class ReconstructionTests
{
    private static readonly ReconstructionOptions Exact = new(Ridge: 1e-7);

    // In each, the hidden channels are linear in fewer inputs than channels stay.
    [Theory]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5> { h = MatMul (x, a)  y = MatMul (h, b) }")]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8] c = normal 1, float[8,4] b = normal 0.5, float[4] d = normal 1> { p = MatMul (x, a)  h = Add (p, c)  q = MatMul (h, b)  y = Add (q, d) }")]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[8,3] a = normal 0.5, float[8] c = normal 1, float[4,8] b = normal 0.5> { h = Gemm <transB = 1> (x, a, c)  y = Gemm <transB = 1> (h, b) }")]
    [InlineData("g (float[N,5,3] x) => (float[N,5,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.5> { h = MatMul (x, a)  y = MatMul (h, b) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.5> { h = Conv (x, a)  y = Conv (h, b) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,3,3] y) <float[8,3,1,1] a = normal 0.5, float[8] c = normal 1, float[4,8,3,3] b = normal 0.5> { h = Conv (x, a, c)  y = Conv <strides = [2,2], pads = [1,1,1,1]> (h, b) }")]
    [InlineData("g (float[N,3,6] x) => (float[N,4,4] y) <float[8,3,1] a = normal 0.5, float[4,8,2] b = normal 0.5> { h = Conv (x, a)  y = Conv <dilations = [2]> (h, b) }")]
    [InlineData("g (float[N,3,5,5] x) => (float[N,4,11,11] y) <float[8,3,1,1] a = normal 0.5, float[8,4,3,3] b = normal 0.5> { h = Conv (x, a)  y = ConvTranspose <strides = [2,2]> (h, b) }")]
    [InlineData("g (float[N,3,5,5] x) => (float[N,4,9,8] y) <float[8,3,1,1] a = normal 0.5, float[8,4,3,3] b = normal 0.5> { h = Conv (x, a)  y = ConvTranspose <strides = [2,1], pads = [1,0,1,1], dilations = [1,2]> (h, b) }")]
    [InlineData("g (float[N,3,5,5] x) => (float[N,4,10,10] y) <float[8,3,1,1] a = normal 0.5, float[8,4,3,3] b = normal 0.5> { h = Conv (x, a)  y = ConvTranspose <strides = [2,2], output_padding = [1,1], pads = [1,1,1,1]> (h, b) }")]
    [InlineData("g (float[N,3,5,5] x) => (float[N,4,10,10] y) <float[8,3,1,1] a = normal 0.5, float[8,4,3,3] b = normal 0.5> { h = Conv (x, a)  y = ConvTranspose <strides = [2,2], output_shape = [10,10]> (h, b) }")]
    [InlineData("g (float[N,2,5,5] x) => (float[N,4,11,11] y) <float[8,1,1,1] a = normal 0.5, float[8,2,3,3] b = normal 0.5> { h = Conv <group = 2> (x, a)  y = ConvTranspose <group = 2, strides = [2,2]> (h, b) }")]
    [InlineData("g (float[N,2,6,6] x) => (float[N,4,6,6] y) <float[8,1,1,1] a = normal 0.5, float[4,4,3,3] b = normal 0.5> { h = Conv <group = 2> (x, a)  y = Conv <group = 2, pads = [1,1,1,1]> (h, b) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,3,3] b = normal 0.5, float[4] s = uniform 0.5 2, float[4] t = normal 1, float[4] m = normal 1, float[4] v = uniform 0.5 2> { h = Conv (x, a)  q = Conv <pads = [1,1,1,1]> (h, b)  y = BatchNormalization (q, s, t, m, v) }")]
    public void A_linear_network_is_recovered_exactly(string text) => AssertExact(new OnnxModel(OnnxText.Parse(text)), keepEvery: 2);

    // One channel of eight cannot hold what three inputs say; the second branch, which nothing was cut from, can.
    [Theory]
    [InlineData("y = Add (p, q)")]
    [InlineData("n = BatchNormalization (q, s, t, m, v)  y = Add (p, n)")]
    public void A_later_summand_makes_up_for_an_earlier_one(string sum) => AssertExact(
        new OnnxModel(OnnxText.Parse($$"""
            g (float[N,3,6,6] x) => (float[N,4,6,6] y)
            <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.5, float[4,3,1,1] c = normal 0.5,
             float[4] s = uniform 0.5 2, float[4] t = normal 1, float[4] m = normal 1, float[4] v = uniform 0.5 2>
            { h = Conv (x, a)  p = Conv (h, b)  q = Conv (x, c)  {{sum}} }
            """)),
        keepEvery: 8);

    [Fact]
    public void Resnet20_comes_back_most_of_the_way()
    {
        var analysis = ModelAnalysis.Run(ModelFile.Load(Path.Combine(RepositoryRoot.Path, "models", "resnet20-cifar10.onnx")));
        var plan = Planner.Plan(analysis, new PruneOptions { Budget = Budget.Parse("macs=80%") });
        var kept = plan.Cut;
        var pruned = Rewriter.Prune(kept);
        var data = CalibrationSet.Load(Path.Combine(RepositoryRoot.Path, "models", "cifar10-calibration-x.npy"), analysis, 128, 0);
        var recovered = Reconstruction.Run(kept, pruned, data.Batches, new ReconstructionOptions(), ExecutionProvider.Cpu);
        Assert.InRange(Distance(analysis.Source, recovered, data), 0, Distance(analysis.Source, pruned, data) / 5);
        Assert.Equal(pruned.Proto.Graph.Node.Count, recovered.Proto.Graph.Node.Count);
    }

    private static void AssertExact(OnnxModel model, int keepEvery)
    {
        var analysis = ModelAnalysis.Run(model);
        var kept = Cut.Of(analysis, analysis.Groups
            .Where(g => g.IsExact && g.Size >= keepEvery)
            .ToDictionary(g => g, g => Enumerable.Range(0, g.Size).Select(i => i % keepEvery == 0).ToArray()));
        Assert.False(kept.IsEmpty);
        var pruned = Rewriter.Prune(kept);
        var data = SyntheticData.Create(analysis, 128, 1);
        var recovered = Reconstruction.Run(kept, pruned, data.Batches, Exact, ExecutionProvider.Cpu);
        var other = SyntheticData.Create(analysis, 64, 2);
        Assert.InRange(Distance(model, pruned, other), 1e-3, double.MaxValue);
        Assert.InRange(Distance(model, recovered, other), 0, 1e-5);
    }

    private static double Distance(OnnxModel original, OnnxModel other, CalibrationSet data) =>
        new OutputDistance(Outputs(original, data)).Of(Outputs(other, data));

    private static List<IReadOnlyList<HostTensor>> Outputs(OnnxModel model, CalibrationSet data)
    {
        using var session = ModelSession.Load(model, ExecutionProvider.Cpu);
        return [.. data.Batches.Select(session.Run)];
    }
}
