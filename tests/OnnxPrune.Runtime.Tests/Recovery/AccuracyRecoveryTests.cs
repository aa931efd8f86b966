using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Recovery;

/// <summary>The better model is kept, whatever the network's types, inputs and batches are.</summary>
public class AccuracyRecoveryTests
{
    [Theory]
    [InlineData("float", "N", 128)]
    [InlineData("double", "N", 128)]
    [InlineData("float16", "N", 128)]
    [InlineData("bfloat16", "N", 128)]
    [InlineData("float", "1", 12)]
    [InlineData("float", "1", 64)]
    [InlineData("float", "16", 48)]
    public void A_network_comes_nearer_to_the_original(string type, string batch, int samples)
    {
        var (result, pruned) = Run(Network(type, batch), RecoveryMethods.Obs, samples);

        Assert.Equal(RecoveryMethods.Obs, result.Methods);
        Assert.InRange(result.ErrorBefore, 1e-2, 100);
        Assert.InRange(result.ErrorAfter, 0, result.ErrorBefore * 0.9);
        Assert.Null(RecoveredStructure.Difference(pruned, result.Model));
    }

    [Fact]
    public void Several_inputs_and_outputs_are_no_obstacle()
    {
        var (result, _) = Run("""
            g (float[N,3] x, float[N,5] u) => (float[N,4] y, float[N,2] z)
            <float[3,8] a = normal 0.5, float[5,8] b = normal 0.5, float[8,4] c = normal 0.5, float[8,2] d = normal 0.5, float[2] e = normal 1>
            { p = MatMul (x, a)  q = MatMul (u, b)  h = Add (p, q)  r = Relu (h)  y = MatMul (r, c)  w = MatMul (r, d)  z = Add (w, e) }
            """, RecoveryMethods.Obs, 128);
        Assert.InRange(result.ErrorAfter, 0, result.ErrorBefore * 0.9);
    }

    [Fact]
    public void What_is_no_better_is_not_taken()
    {
        var (result, pruned) = Run("g (float[N,3] x) => (float[N,4] y) <float[3,8] a = {1,0,0,0,0,0,0,0, 0,0,1,0,0,0,0,0, 0,0,0,0,1,0,0,0}, float[8,4] b = normal 0.5> { h = MatMul (x, a)  r = Relu (h)  y = MatMul (r, b) }", null, 64);
        Assert.Same(pruned, result.Model);
        Assert.Equal((RecoveryMethods.None, 0.0, 0.0), (result.Methods, result.ErrorBefore, result.ErrorAfter));
    }

    [Fact]
    public void One_sample_that_says_nothing_does_no_harm()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(Network("float", "1"))));
        var kept = Halves(analysis);
        var pruned = Rewriter.Prune(kept);
        var zeros = new Dictionary<string, HostTensor> { ["x"] = new(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [1, 3, 6, 6], new byte[4 * 108]) };
        var domain = CalibrationDomain.Of(analysis, new CalibrationSet("zeros", [zeros]), ExecutionProvider.Cpu);

        var result = AccuracyRecovery.Run(domain, pruned, kept, null, new ReconstructionOptions(), ExecutionProvider.Cpu);

        Assert.InRange(result.ErrorAfter, 0, result.ErrorBefore);
        Assert.Null(RecoveredStructure.Difference(pruned, result.Model));
    }

    private static string Network(string type, string batch) => $$"""
        g ({{type}}[{{batch}},3,6,6] x) => ({{type}}[{{batch}},4,6,6] y)
        <{{type}}[8,3,1,1] a = normal 0.5, {{type}}[8] c = normal 1, {{type}}[6,8,3,3] b = normal 0.3, {{type}}[4,6,1,1] d = normal 0.5>
        { h = Conv (x, a, c)  r = Relu (h)  u = Conv <pads = [1,1,1,1]> (r, b)  s = Relu (u)  y = Conv (s, d) }
        """;

    private static (RecoveryResult Result, OnnxModel Pruned) Run(string text, RecoveryMethods? methods, int samples)
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse(text)));
        var kept = Halves(analysis);
        var pruned = Rewriter.Prune(kept);
        var domain = CalibrationDomain.Of(analysis, CalibrationSet.Synthetic(analysis, samples, 0), ExecutionProvider.Cpu);
        return (AccuracyRecovery.Run(domain, pruned, kept, methods, new ReconstructionOptions(), ExecutionProvider.Cpu), pruned);
    }

    private static Cut Halves(ModelAnalysis analysis) =>
        Cut.Of(analysis, analysis.Groups.Take(1).ToDictionary(g => g, g => Enumerable.Range(0, g.Size).Select(c => c % 2 == 0).ToArray()));
}
