using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Recovery;

/// <summary><c>bias</c> brings means back, <c>bn</c> variances too, wherever the layer keeps its offset.</summary>
public class ChannelMomentsTests
{
    private const string Statistics = "float[4] s = uniform 0.5 2, float[4] t = normal 1, float[4] m = normal 1, float[4] v = uniform 0.5 2";

    // In each, the outputs of the layer that lost inputs are the network's.
    [Theory]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,3,3] b = normal 0.3> { h = Conv (x, a)  r = Relu (h)  y = Conv <pads = [1,1,1,1]> (r, b) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,3,3] b = normal 0.3, float[4] c = normal 50> { h = Conv (x, a)  r = Relu (h)  y = Conv <pads = [1,1,1,1]> (r, b, c) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,3,3] b = normal 0.3, " + Statistics + "> { h = Conv (x, a)  r = Relu (h)  u = Conv <pads = [1,1,1,1]> (r, b)  y = BatchNormalization (u, s, t, m, v) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.5, float[4,8,3,3] b = normal 0.3, float[4] c = normal 1, " + Statistics + "> { h = Conv (x, a)  r = Relu (h)  u = Conv <pads = [1,1,1,1]> (r, b, c)  y = BatchNormalization (u, s, t, m, v) }")]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.3, float[4] c = normal 1> { h = MatMul (x, a)  r = Relu (h)  u = MatMul (r, b)  y = Add (c, u) }")]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[4,8] b = normal 0.3> { h = MatMul (x, a)  r = Relu (h)  y = Gemm <transB = 1> (r, b) }")]
    [InlineData("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = normal 0.5, float[8,4] b = normal 0.3, " + Statistics + "> { h = MatMul (x, a)  r = Relu (h)  u = MatMul (r, b)  y = BatchNormalization (u, s, t, m, v) }")]
    [InlineData("g (float[N,3,5,5] x) => (float[N,4,11,11] y) <float[8,3,1,1] a = normal 0.5, float[8,4,3,3] b = normal 0.3> { h = Conv (x, a)  r = Relu (h)  y = ConvTranspose <strides = [2,2]> (r, b) }")]
    [InlineData("g (float[N,2,6,6] x) => (float[N,4,6,6] y) <float[8,1,1,1] a = normal 0.5, float[4,4,3,3] b = normal 0.3> { h = Conv <group = 2> (x, a)  r = Relu (h)  y = Conv <group = 2, pads = [1,1,1,1]> (r, b) }")]
    public void Means_and_variances_of_channels_come_back(string text)
    {
        var model = new OnnxModel(OnnxText.Parse(text));
        var analysis = ModelAnalysis.Run(model);
        var data = CalibrationSet.Synthetic(analysis, 128, 1);
        var wanted = Moments(model, data);
        var pruned = Pruned(analysis, out var kept);
        Assert.True(wanted.Zip(Moments(pruned, data)).Max(p => Math.Abs(p.First.Mean - p.Second.Mean)) > 1e-2);

        var shifted = Moments(Recovered(analysis, pruned, kept, data, RecoveryMethods.Bias), data);
        var scaled = Moments(Recovered(analysis, pruned, kept, data, RecoveryMethods.Bn), data);

        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(wanted[c].Mean, shifted[c].Mean, 2e-4);
            Assert.Equal(wanted[c].Mean, scaled[c].Mean, 2e-4);
            Assert.Equal(1, scaled[c].Variance / wanted[c].Variance, 2e-3);
        }
    }

    [Fact]
    public void Channels_that_are_constant_are_made_up_for_exactly()
    {
        var model = new OnnxModel(OnnxText.Parse("""
            g (float[N,3] x) => (float[N,2] y) <float[3,4] a = {0.5, 0, -1, 0, 0.25, 0, 1, 0, 2, 0, 0.5, 0}, float[4] c = {1, 2, 3, 4}, float[2,4] b = normal 1>
            { h = MatMul (x, a)  k = Add (h, c)  y = Gemm <transB = 1> (k, b) }
            """));
        var analysis = ModelAnalysis.Run(model);
        var data = CalibrationSet.Synthetic(analysis, 64, 1);
        var pruned = Pruned(analysis, out var kept);

        var recovered = Recovered(analysis, pruned, kept, data, RecoveryMethods.Bias);

        foreach (var (expected, actual) in Outputs(model, data).Zip(Outputs(recovered, data)))
            Assert.Equal(expected.ToDoubles(), actual.ToDoubles(), (e, a) => Math.Abs(e - a) < 1e-4);
    }

    [Theory]
    [InlineData(RecoveryMethods.Bias)]
    [InlineData(RecoveryMethods.Bn)]
    [InlineData(RecoveryMethods.Ls)]
    [InlineData(RecoveryMethods.Obs)]
    public void Nothing_happens_to_a_network_that_lost_nothing(RecoveryMethods methods)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Shared)));
        var whole = Rewriter.Prune(Cut.Nothing(analysis));
        Assert.Equal(
            whole.Proto, Recovered(analysis, whole, Cut.Nothing(analysis), CalibrationSet.Synthetic(analysis, 64, 1), methods).Proto);
    }

    // p loses inputs, q does not; both have the same bias.
    [Fact]
    public void Least_squares_touches_only_layers_that_lost_inputs_and_leaves_nothing_unused()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Shared)));
        var pruned = Pruned(analysis, out var kept);
        var recovered = Recovered(analysis, pruned, kept, CalibrationSet.Synthetic(analysis, 64, 1), RecoveryMethods.Ls).Proto.Graph;

        var before = pruned.Proto.Graph.Initializer.ToDictionary(t => t.Name);
        Assert.Equal(
            ["b", "k_1"],
            recovered.Initializer
                .Where(t => !before.TryGetValue(t.Name, out var old) || !old.Equals(t))
                .Select(t => t.Name)
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            ["a", "b", "k_1", "d", "k", "e"], recovered.Node.SelectMany(n => n.Input).Where(name => recovered.Initializer.Any(t => t.Name == name)));
        Assert.Equal(6, recovered.Initializer.Count);
    }

    private const string Shared = """
        g (float[N,3,4,4] x) => (float[N,4,4,4] y, float[N,2,4,4] z)
        <float[8,3,1,1] a = normal 0.5, float[4,8,1,1] b = normal 0.3, float[4] k = normal 1, float[4,3,1,1] d = normal 1, float[2,4,1,1] e = normal 1>
        { h = Conv (x, a)  r = Relu (h)  y = Conv (r, b, k)  q = Conv (x, d, k)  z = Conv (q, e) }
        """;

    private static OnnxModel Pruned(ModelAnalysis analysis, out Cut kept)
    {
        var group = analysis.Groups[0];
        bool[] every = [.. Enumerable.Range(0, group.Size).Select(c => c % 2 == 0)];
        kept = Cut.Of(analysis, [KeyValuePair.Create(group, every)]);
        return Rewriter.Prune(kept);
    }

    private static OnnxModel Recovered(
        ModelAnalysis analysis, OnnxModel pruned, Cut kept, CalibrationSet data, RecoveryMethods methods) =>
        Reconstruction.Run(kept, pruned, data.Batches, new ReconstructionOptions(methods, Positions: 1 << 20), ExecutionProvider.Cpu);

    private static IEnumerable<HostTensor> Outputs(OnnxModel model, CalibrationSet data)
    {
        using var session = ModelSession.Load(model, ExecutionProvider.Cpu);
        return [.. data.Batches.Select(b => session.Run(b)[0])];
    }

    private static (double Mean, double Variance)[] Moments(OnnxModel model, CalibrationSet data)
    {
        var outputs = Outputs(model, data).ToList();
        long inner = outputs[0].Dims.Skip(2).Aggregate(1L, (n, d) => n * d);
        double[] all = [.. outputs.SelectMany(o => o.ToDoubles())];
        return [.. Enumerable.Range(0, 4).Select(c => all.Where((_, i) => i / inner % 4 == c).ToArray()).Select(values =>
        {
            double mean = values.Average();
            return (mean, values.Average(v => (v - mean) * (v - mean)));
        })];
    }
}
