using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Sensitivity;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Sensitivity;

/// <summary>What nobody would miss leaves first, and costs nothing.</summary>
public class SensitivityAnalysisTests
{
    private static readonly SensitivityOptions Options = new(Ridge: 1e-6, Positions: 65536) { Shares = [0.2, 0.4, 0.8] };

    [Fact]
    public void A_channel_that_is_nearly_silent_leaves_first()
    {
        var curve = CurveOf(weights => { for (int i = 0; i < 27; i++) weights[(3 * 27) + i] *= 1e-4; });
        Assert.Equal(3, curve.Order[0]);
        Assert.InRange(curve.Distortion[1], 0, 1e-6);
        Assert.InRange(curve.Distortion[2], 1e-4, 10);
    }

    [Fact]
    public void Of_two_channels_that_are_alike_one_is_enough()
    {
        var curve = CurveOf(weights => Array.Copy(weights, 27, weights, 4 * 27, 27));
        Assert.Contains(curve.Order[0], new[] { 1, 4 });
        Assert.InRange(curve.Distortion[1], 0, 1e-5);
    }

    [Fact]
    public void A_curve_lists_every_channel_once_and_begins_at_nothing()
    {
        var curve = CurveOf(_ => { });
        Assert.Equal(Enumerable.Range(0, 6), curve.Order.Order());
        Assert.Equal(7, curve.Distortion.Count);
        Assert.Equal(0, curve.Distortion[0]);
    }

    [Fact]
    public void A_layer_whose_inputs_do_not_vary_says_nothing_and_fails_nothing()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
            g (float[N,3,8,8] x) => (float[N,4,4,4] y)
            <float[6,3,3,3] a = normal 0.3, float[4,6,3,3] b = normal 0.3, float small = {1e-12}>
            { h = Conv (x, a)  m = Mul (h, small)  s = Sigmoid (m)  y = Conv (s, b) }
            """)));
        var left = new List<string>();
        var batches = SyntheticData.Create(analysis, 16, 3).Batches;
        Assert.Empty(SensitivityAnalysis.Run(analysis, analysis.Groups, batches, Options, ExecutionProvider.Cpu, left: left.Add));
        Assert.Empty(left);
    }

    private static GroupCurve CurveOf(Action<double[]> change)
    {
        var proto = OnnxText.Parse("""
            g (float[N,3,8,8] x) => (float[N,4,8,8] y)
            <float[6,3,3,3] a = normal 0.3, float[4,6,3,3] b = normal 0.3>
            { h = Conv <pads = [1,1,1,1]> (x, a)  r = Relu (h)  y = Conv <pads = [1,1,1,1]> (r, b) }
            """);
        var analysis = ModelAnalysis.Run(new OnnxModel(proto));
        var tensor = analysis.Graph.Model.Graph.Initializer.Single(t => t.Name == "a");
        double[] weights = Tensors.Doubles(tensor);
        change(weights);
        tensor.RawData = Tensors.Make("a", ElementType.Float, tensor.Dims, weights).RawData;
        analysis = ModelAnalysis.Run(new OnnxModel(analysis.Graph.Model));
        return Assert.Single(
            SensitivityAnalysis.Run(analysis, analysis.Groups, SyntheticData.Create(analysis, 128, 3).Batches, Options, ExecutionProvider.Cpu));
    }
}
