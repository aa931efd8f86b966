using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Sensitivity;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Sensitivity;

public class OutputDistortionTests
{
    // Channels 0 and 1 of four reach the output, 1 three times as strongly; all have weights of about the same norm.
    [Fact]
    public void What_the_outputs_do_not_need_leaves_first_and_heights_are_measured()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse("""
            g (float[N,4] x) => (float[N,2] y) <float[4,4] a = {1,0,0,0, 0,1,0,0, 0,0,1,0, 0,0,0,1}, float[4,2] b = {1,0, 0,3, 0,0, 0,0}>
            { h = MatMul (x, a)  y = MatMul (h, b) }
            """)));
        var data = CalibrationSet.Synthetic(analysis, 128, 0);

        var curve = Assert.Single(OutputDistortion.Run(analysis, analysis.Groups, data.Batches, 4, new SensitivityOptions(), ExecutionProvider.Cpu));

        Assert.Equal([0, 1], curve.Order.Skip(2));
        Assert.Equal([0.0, 0, 0], curve.Distortion.Take(3));
        double[] x = [.. data.Batches.SelectMany(b => b["x"].ToDoubles())];
        double first = Square(x, 0), both = Spread(x, 0) + (9 * Spread(x, 1));
        Assert.Equal(first / both, curve.Distortion[3], 1e-5);
        Assert.InRange(curve.Distortion[4], 0.9, 1.1);
    }

    [Fact]
    public void A_prediction_is_scaled_between_the_measured_points()
    {
        Assert.Equal([0.0, 2, 6, 12, 16], MeasuredCurve.Through([0, 1, 2, 3, 4], [(1, 2), (3, 12)]));
        Assert.Equal([0.0, 1, 2], MeasuredCurve.Through([0, 1, 2], []));
        Assert.Equal([0.0, 0, 2], MeasuredCurve.Through([0, 0, 2], [(1, 5)]));
        Assert.Equal([2, 4, 6], MeasuredCurve.Stops(8, [0.25, 0.5, 0.75]).Order());
        Assert.Equal([1], MeasuredCurve.Stops(2, [0.1, 0.5, 1]).Order());
    }

    [Fact]
    public void Outputs_are_as_far_as_their_squared_error_of_the_spread()
    {
        var distance = new OutputDistance([Batch([2, 1], 1, 3), Batch([2, 1], 5, 7)]);
        Assert.Equal(0, distance.Of([Batch([2, 1], 1, 3), Batch([2, 1], 5, 7)]));
        Assert.Equal(1, distance.Of([Batch([2, 1], 4, 4), Batch([2, 1], 4, 4)]), 1e-9);
        Assert.Equal(0.2, distance.Of([Batch([2, 1], 1, 3), Batch([2, 1], 5, 9)]), 1e-9);
        Assert.Equal(1e6, distance.Of([Batch([2, 1], 1, 3), Batch([2, 1], 5, double.NaN)]));
    }

    [Fact]
    public void One_sample_is_compared_with_the_spread_of_its_elements() =>
        Assert.Equal(0.5, new OutputDistance([Batch([1, 2], 0, 4)]).Of([Batch([1, 2], 0, 2)]), 1e-9);

    [Fact]
    public void Outputs_of_another_number_are_as_bad_as_the_mean()
    {
        var distance = new OutputDistance([Batch([3, 1], 1, 2, 3)]);
        Assert.Equal(1, distance.Of([Batch([2, 1], 1, 2)]), 1e-9);
        Assert.Equal(1, distance.Of([Batch([4, 1], 1, 2, 3, 4)]), 1e-9);
        Assert.Equal(0, new OutputDistance([Batch([0, 4])]).Of([Batch([0, 4])]));
    }

    private static double Square(double[] x, int column) => x.Where((_, i) => i % 4 == column).Sum(v => v * v);

    private static double Spread(double[] x, int column) =>
        Square(x, column) - (Math.Pow(x.Where((_, i) => i % 4 == column).Sum(), 2) * 4 / x.Length);

    private static IReadOnlyList<HostTensor> Batch(long[] dims, params double[] values) => [HostTensor.Of(TensorElementType.Float, dims, values)];
}
