using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>How the scores of the occurrences of a group are combined into one score per channel.</summary>
public enum Aggregation
{
    /// <summary>The sum of the scores.</summary>
    Sum,

    /// <summary>The mean of the scores.</summary>
    Mean,

    /// <summary>The largest score.</summary>
    Max,

    /// <summary>The product of the scores, each divided by the mean of its occurrence: one small score makes the product small.</summary>
    Product,
}

/// <summary>Combines the scores of occurrences.</summary>
internal static class Aggregations
{
    /// <summary>One score per channel, from one array per occurrence; zeros without an occurrence.</summary>
    public static double[] Of(this Aggregation aggregation, IReadOnlyList<double[]> occurrences, int channels)
    {
        var result = new double[channels];
        for (int c = 0; c < channels && occurrences.Count > 0; c++)
        {
            result[c] = aggregation switch
            {
                Aggregation.Max => occurrences.Max(o => o[c]),
                Aggregation.Mean => occurrences.Sum(o => o[c]) / occurrences.Count,
                Aggregation.Product => 1,
                _ => occurrences.Sum(o => o[c]),
            };
        }
        if (aggregation == Aggregation.Product) foreach (double[] occurrence in occurrences) Multiply(result, occurrence);
        return result;
    }

    private static void Multiply(double[] result, double[] occurrence)
    {
        double mean = occurrence.Average();
        for (int c = 0; c < result.Length; c++) result[c] *= mean > 0 ? occurrence[c] / mean : 0;
    }
}
