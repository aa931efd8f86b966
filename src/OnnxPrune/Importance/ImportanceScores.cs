using OnnxPrune.Groups;

namespace OnnxPrune.Importance;

/// <summary>
/// The importance of every channel of every group: the criterion aggregated over all occurrences of the group (SPA, section 3.2), then
/// normalised. Statistics that only rescale (BatchNorm mean and variance, divisors) do not count.
/// </summary>
internal static class ImportanceScores
{
    /// <summary>One score per channel of <paramref name="groups"/>, at least 0, from weights.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups to score.</param>
    /// <param name="criterion">How weights become importance.</param>
    /// <param name="aggregation">How the occurrences of a group are put together.</param>
    /// <param name="normalization">How groups become comparable.</param>
    /// <param name="seed">The seed of random scores.</param>
    public static IReadOnlyList<double[]> Compute(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        WeightCriterion criterion,
        Aggregation aggregation,
        ScoreNormalization normalization,
        int seed)
    {
        var slices = new WeightSlices(analysis);
        var scores = groups.Select(g => criterion.Score(g, slices.Of(g), aggregation, seed)).ToList();
        return [.. normalization.Of(analysis, groups, scores).OfType<double[]>()];
    }

    /// <summary>One score per channel of <paramref name="groups"/>, at least 0, from activations; null for a group that no layer reads.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups to score.</param>
    /// <param name="criterion">How activations become importance.</param>
    /// <param name="readers">The layers that read them, each with the position of the group; gone through once, so that one layer at a time is
    /// held.</param>
    /// <param name="aggregation">How the layers that read a group are put together.</param>
    /// <param name="normalization">How groups become comparable.</param>
    public static IReadOnlyList<double[]?> Compute(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        ActivationCriterion criterion,
        IEnumerable<(int Group, GroupReader Reader)> readers,
        Aggregation aggregation,
        ScoreNormalization normalization)
    {
        var numbers = groups.Select(_ => new List<double[]>()).ToList();
        foreach (var (group, reader) in readers) numbers[group].Add(criterion.Score(reader, groups[group].Size));
        var scores = numbers.Select((n, g) => n.Count == 0 ? null : Array.ConvertAll(aggregation.Of(n, groups[g].Size), criterion.Finish));
        return normalization.Of(analysis, groups, scores.ToList());
    }
}
