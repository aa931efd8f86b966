using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>With statistics of the data itself, a BatchNormalization gives its shift as the mean and its scale as the deviation.</summary>
public class NormalizationStatisticsTests
{
    [Fact]
    public void Activations_come_out_as_the_training_saw_them()
    {
        var model = OnnxText.Parse("""
            g (float[N,3,8,8] x) => (float[N,5,8,8] y)
            <float[4,3,3,3] a = normal 0.5, float[4] s1 = uniform 0.5 2, float[4] t1 = normal 1, float[4] m1 = normal 1, float[4] v1 = uniform 0.5 2,
             float[5,4,1,1] b = normal 0.5, float[5] s2 = uniform 0.5 2, float[5] t2 = normal 1, float[5] m2 = normal 1, float[5] v2 = uniform 0.5 2>
            { p = Conv <pads = [1,1,1,1]> (x, a)  q = BatchNormalization (p, s1, t1, m1, v1)  r = Relu (q)  u = Conv (r, b)  y = BatchNormalization (u, s2, t2, m2, v2) }
            """);
        var analysis = ModelAnalysis.Run(new OnnxModel(model));
        var data = CalibrationSet.Synthetic(analysis, 128, 0);
        var fitted = NormalizationStatistics.Fitted(analysis.Graph.Model, data.Batches, ExecutionProvider.Cpu);
        using var session = ModelSession.Load(new OnnxModel(fitted), ExecutionProvider.Cpu);
        var outputs = data.Batches.Select(b => session.Run(b)[0].ToDoubles()).ToList();
        double[] scale = Values(fitted, "s2"), shift = Values(fitted, "t2");
        for (int channel = 0; channel < 5; channel++)
        {
            double[] values = [.. outputs.SelectMany(o => o.Where((_, i) => i / 64 % 5 == channel))];
            double mean = values.Average();
            Assert.Equal(shift[channel], mean, 1e-3);
            Assert.Equal(scale[channel], Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 1e-3);
        }
    }

    private static double[] Values(Onnx.ModelProto model, string name) => Tensors.Doubles(model.Graph.Initializer.Single(t => t.Name == name));
}
