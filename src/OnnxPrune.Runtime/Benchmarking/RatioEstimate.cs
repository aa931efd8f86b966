using OnnxPrune.Runtime.Benchmarking;
namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// How much time one model takes of another's: the median ratio of pairs of blocks that were measured one beside the other, with a 95% interval by
/// bootstrap over the pairs (Efron 1979). What slows the machine down for a while slows both sides of a pair, and leaves its ratio.
/// </summary>
/// <param name="Median">The ratio; below 1 the other is faster.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Pairs">Number of pairs.</param>
public sealed record RatioEstimate(double Median, double Low, double High, int Pairs)
{
    private const int Resamples = 2000;
    private const double Tail = 0.025;

    /// <summary>How many times as fast the other is.</summary>
    public double Speedup => 1 / Median;

    /// <summary>The estimate from the ratio of each pair; at least one. The same ratios give the same interval.</summary>
    public static RatioEstimate Of(IReadOnlyList<double> ratios)
    {
        var random = new Random(ratios.Count);
        var medians = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
            medians[i] = LatencyStatistics.MedianOf(ratios.Select(_ => ratios[random.Next(ratios.Count)]));
        Array.Sort(medians);
        return new RatioEstimate(
            LatencyStatistics.MedianOf(ratios),
            LatencyStatistics.Quantile(medians, Tail),
            LatencyStatistics.Quantile(medians, 1 - Tail),
            ratios.Count);
    }
}
