using System.Numerics.Tensors;
using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Advanced;

/// <summary>How the scores of different groups are made comparable.</summary>
public enum ScoreNormalization
{
    /// <summary>The scores do not change.</summary>
    None,

    /// <summary>The scores are divided by the mean score of the group (SPA).</summary>
    Mean,

    /// <summary>The scores are divided by the largest score of the group.</summary>
    Max,

    /// <summary>The scores are divided by the sum of the scores of the group.</summary>
    Sum,

    /// <summary>The scores minus the mean of the group, divided by its standard deviation, then shifted so that the least of all is 0.</summary>
    Standardised,

    /// <summary>
    /// The scores are divided by the mean over all groups with the same sub-graph (<see cref="IsomorphicGroups"/>; Isomorphic Pruning, Fang 2024).
    /// </summary>
    Isomorphic,
}

/// <summary>Makes scores comparable.</summary>
internal static class Normalizations
{
    /// <summary>The normalised scores, in new arrays.</summary>
    /// <param name="normalization">The method.</param>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="scores">One number per channel of each group, at least 0; null for a group without scores, whose result is also null.</param>
    public static IReadOnlyList<double[]?> Of(
        this ScoreNormalization normalization,
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<double[]?> scores) => normalization switch
        {
            ScoreNormalization.Mean => scores.Select(s => s is null ? null : Divided(s, s.Average())).ToList(),
            ScoreNormalization.Max => scores.Select(s => s is null ? null : Divided(s, s.Max())).ToList(),
            ScoreNormalization.Sum => scores.Select(s => s is null ? null : Divided(s, s.Sum())).ToList(),
            ScoreNormalization.Standardised => Shifted(scores.Select(s => s is null ? null : Standardised(s)).ToList()),
            ScoreNormalization.Isomorphic => ByClass(IsomorphicGroups.Of(analysis, groups), scores),
            _ => scores.Select(s => s is null ? null : Divided(s, 1)).ToList(),
        };

    private static double[] Divided(double[] scores, double scale)
    {
        double[] result = [.. scores];
        if (scale > 0) TensorPrimitives.Divide(result, scale, result);
        return result;
    }

    private static double[] Standardised(double[] scores)
    {
        double mean = scores.Average(), deviation = Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / scores.Length);
        return Array.ConvertAll(scores, s => deviation > 0 ? (s - mean) / deviation : 0);
    }

    private static List<double[]?> Shifted(List<double[]?> scores)
    {
        double least = scores.OfType<double[]>().SelectMany(s => s).DefaultIfEmpty(0).Min();
        return scores.ConvertAll(s => s is null ? null : Array.ConvertAll(s, x => x - least));
    }

    private static List<double[]?> ByClass(IReadOnlyList<string> classes, IReadOnlyList<double[]?> scores)
    {
        var means = classes.Zip(scores).Where(p => p.Second is not null).GroupBy(p => p.First, p => p.Second!)
            .ToDictionary(c => c.Key, c => c.SelectMany(s => s).Average(), StringComparer.Ordinal);
        return scores.Select((s, i) => s is null ? null : Divided(s, means[classes[i]])).ToList();
    }
}
