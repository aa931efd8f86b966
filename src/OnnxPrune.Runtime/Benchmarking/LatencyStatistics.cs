using OnnxPrune.Runtime.Benchmarking;
namespace OnnxPrune.Runtime.Advanced;

/// <summary>Statistics of the times of many runs, in milliseconds.</summary>
/// <param name="Runs">The number of timed runs.</param>
/// <param name="Median">The median: half of the runs were faster.</param>
/// <param name="P10">The 10th percentile: a tenth of the runs were faster.</param>
/// <param name="P90">The 90th percentile: a tenth of the runs were slower.</param>
/// <param name="Mad">The median absolute deviation from the median, a spread that outliers do not change.</param>
/// <param name="Least">The time of the fastest run.</param>
public sealed record LatencyStatistics(int Runs, double Median, double P10, double P90, double Mad, double Least)
{
    /// <summary>The statistics of at least one time.</summary>
    public static LatencyStatistics Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        double median = Quantile(sorted, 0.5);
        double[] distances = [.. sorted.Select(t => Math.Abs(t - median)).Order()];
        return new LatencyStatistics(sorted.Length, median, Quantile(sorted, 0.1), Quantile(sorted, 0.9), Quantile(distances, 0.5), sorted[0]);
    }

    /// <summary>The median of at least one number, in any order.</summary>
    internal static double MedianOf(IEnumerable<double> numbers) => Quantile([.. numbers.Order()], 0.5);

    /// <summary>The quantile of sorted numbers, interpolated linearly between neighbours.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
