using OnnxPrune.Runtime.Benchmarking;
namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// The time of the second model divided by the time of the first model: the median over pairs of adjacent blocks, with a 95% interval by bootstrap
/// over the pairs (Efron 1979). A temporary slowdown of the machine affects both blocks of a pair, so their ratio hardly changes.
/// </summary>
/// <param name="Median">The median ratio; below 1, the second model is faster.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Pairs">The number of pairs.</param>
public sealed record RatioEstimate(double Median, double Low, double High, int Pairs)
{
    private const int Resamples = 2000;
    private const double Tail = 0.025;

    /// <summary>The speedup of the second model over the first model.</summary>
    public double Speedup => 1 / Median;

    /// <summary>The estimate from the ratios of at least one pair. The same ratios give the same interval.</summary>
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
