using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Recovery;

/// <summary>A layer before a Relu comes nearer to the original, on the data that it is fitted to, when what Relu cuts off is left free.</summary>
public class RectifiedReconstructionTests
{
    private const string Normalization = "float[4] s = uniform 0.5 2, float[4] t = normal 0.5, float[4] m = normal 0.5, float[4] v = uniform 0.5 2";

    [Theory]
    [InlineData("g (float[N,6] x) => (float[N,4] y) <float[6,8] a = normal 0.7, float[8,4] b = normal 0.7> { p = MatMul (x, a)  h = Tanh (p)  q = MatMul (h, b)  y = Relu (q) }")]
    [InlineData("g (float[N,6] x) => (float[N,4] y) <float[6,8] a = normal 0.7, float[8,4] b = normal 0.7, float[4] c = normal 0.5> { p = MatMul (x, a)  h = Tanh (p)  q = MatMul (h, b)  r = Add (c, q)  y = Relu (r) }")]
    [InlineData("g (float[N,6] x) => (float[N,4] y) <float[6,8] a = normal 0.7, float[4,8] b = normal 0.7, float[4] c = normal 0.5> { p = MatMul (x, a)  h = Tanh (p)  q = Gemm <transB = 1> (h, b, c)  y = Relu (q) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,3,3] a = normal 0.3, float[4,8,3,3] b = normal 0.3, float[4] c = normal 0.5> { p = Conv <pads = [1,1,1,1]> (x, a)  h = Tanh (p)  q = Conv <pads = [1,1,1,1]> (h, b, c)  y = Relu (q) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,3,3] a = normal 0.3, float[4,8,1,1] b = normal 0.5, " + Normalization + "> { p = Conv <pads = [1,1,1,1]> (x, a)  h = Tanh (p)  q = Conv (h, b)  n = BatchNormalization (q, s, t, m, v)  y = Relu (n) }")]
    [InlineData("g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,3,3] a = normal 0.3, float[4,8,3,3] b = normal 0.3, float[4,3,1,1] c = normal 0.5, " + Normalization + "> { o = Conv (x, c)  p = Conv <pads = [1,1,1,1]> (x, a)  h = Tanh (p)  q = Conv <pads = [1,1,1,1]> (h, b)  n = BatchNormalization (q, s, t, m, v)  z = Add (o, n)  y = Relu (z) }")]
    [InlineData("g (float[N,4,6,6] x) => (float[N,4,4,4] y) <float[8,2,1,1] a = normal 0.7, float[4,4,3,3] b = normal 0.5> { p = Conv <group = 2> (x, a)  h = Tanh (p)  q = Conv <group = 2> (h, b)  y = Relu (q) }")]
    [InlineData("g (float[N,3,5,5] x) => (float[N,4,10,10] y) <float[8,3,1,1] a = normal 0.7, float[8,4,2,2] b = normal 0.5> { p = Conv (x, a)  h = Tanh (p)  q = ConvTranspose <strides = [2,2]> (h, b)  y = Relu (q) }")]
    public void It_comes_nearer(string text)
    {
        var (plain, rectified) = (Error(text, 0), Error(text, 4));
        Assert.InRange(plain, 1e-6, double.MaxValue);
        Assert.InRange(rectified, 0, 0.995 * plain);
    }

    [Fact]
    public void Without_a_relu_nothing_is_fitted_again()
    {
        const string text = "g (float[N,6] x) => (float[N,4] y) <float[6,8] a = normal 0.7, float[8,4] b = normal 0.7> { p = MatMul (x, a)  h = Tanh (p)  q = MatMul (h, b)  y = Sigmoid (q) }";
        Assert.Equal(Error(text, 0), Error(text, 4));
    }

    private static double Error(string text, int rectifications)
    {
        var model = new OnnxModel(OnnxText.Parse(text));
        var analysis = ModelAnalysis.Run(model);
        var kept = Cut.Of(analysis, analysis.Groups.Where(g => g.IsExact).ToDictionary(
            g => g, g => Enumerable.Range(0, g.Size).Select(i => i % 2 == 0).ToArray()));
        var pruned = Rewriter.Prune(kept);
        var data = SyntheticData.Create(analysis, 256, 1);
        var recovered = Reconstruction.Run(
            kept, pruned, data.Batches, new ReconstructionOptions { Rectifications = rectifications }, ExecutionProvider.Cpu);
        return Loss(BeforeRelu(model, data), BeforeRelu(recovered, data));
    }

    // What is minimised: squared errors where the original is positive, and what should be cut off and is not.
    private static double Loss(IEnumerable<double> wanted, IEnumerable<double> given) =>
        wanted.Zip(given, (t, y) => t > 0 ? (t - y) * (t - y) : Math.Max(y, 0) * Math.Max(y, 0)).Average();

    private static IEnumerable<double> BeforeRelu(OnnxModel model, CalibrationSet data)
    {
        var copy = model.Proto.Clone();
        copy.Graph.Output[0] = new Onnx.ValueInfoProto { Name = copy.Graph.Node[^1].Input[0] };
        using var session = ModelSession.Load(new OnnxModel(copy), ExecutionProvider.Cpu);
        return [.. data.Batches.SelectMany(batch => session.Run(batch)[0].ToDoubles())];
    }
}
