using OnnxPrune.Importance;
namespace OnnxPrune.Advanced;

/// <summary>How the numbers of several occurrences of a group become one number per channel.</summary>
public enum Aggregation
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest of them.</summary>
    Max,

    /// <summary>Their product, each as a multiple of the occurrence's own mean: what is small anywhere is small.</summary>
    Product,
}

/// <summary>Puts numbers together.</summary>
internal static class Aggregations
{
    /// <summary>One number per channel, from one array per occurrence; zeros where there is no occurrence.</summary>
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
