using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Runtime.Tests.Benchmarking;

public class StatisticsTests
{
    [Fact]
    public void Quantiles_are_interpolated_and_outliers_move_neither_median_nor_spread()
    {
        var times = LatencyStatistics.Of([5, 1, 3, 2, 4, 900, 6, 8, 7, 9, 10]);

        Assert.Equal(11, times.Runs);
        Assert.Equal([1, 2, 6, 10], [times.Least, times.P10, times.Median, times.P90]);
        Assert.Equal(3, times.Mad);
        Assert.Equal(1.5, LatencyStatistics.MedianOf([2, 1]));
    }

    [Fact]
    public void One_run_has_no_spread() => Assert.Equal(new LatencyStatistics(1, 7, 7, 7, 0, 7), LatencyStatistics.Of([7]));

    [Fact]
    public void The_interval_holds_the_ratio_and_is_the_same_every_time()
    {
        double[] ratios = [.. Enumerable.Range(0, 40).Select(i => 0.6 + (0.01 * (i % 5)))];

        var estimate = RatioEstimate.Of(ratios);

        Assert.Equal(0.62, estimate.Median, 1e-12);
        Assert.InRange(estimate.Low, 0.6, 0.62);
        Assert.InRange(estimate.High, 0.62, 0.64);
        Assert.Equal(1 / 0.62, estimate.Speedup, 1e-9);
        Assert.Equal(estimate, RatioEstimate.Of(ratios));
    }

    [Fact]
    public void More_noise_makes_a_wider_interval()
    {
        double[] Noisy(double noise) => [.. Enumerable.Range(0, 30).Select(i => 1 + (noise * Math.Sin(i * 2.4)))];
        static double Width(RatioEstimate estimate) => estimate.High - estimate.Low;

        Assert.True(Width(RatioEstimate.Of(Noisy(0.2))) > 5 * Width(RatioEstimate.Of(Noisy(0.02))));
    }
}
