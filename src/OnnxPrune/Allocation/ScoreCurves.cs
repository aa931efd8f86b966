using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>
/// Curves from scores. Scores that are normalised within each group only compare channels of one group; they do not reflect that many layers may
/// read a channel. They therefore count as importance per unit of the budget: the distortion is the score times the channel's cost in the whole
/// model. The channels with the lowest scores are removed first, and the others of their group become more expensive as they save less.
/// Scores that are not normalised are used directly as distortion.
/// </summary>
internal static class ScoreCurves
{
    /// <summary>A curve per group.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="scores">One score per channel of each group.</param>
    /// <param name="normalization">How the scores were normalised.</param>
    /// <param name="kind">What the budget counts.</param>
    public static IReadOnlyList<GroupCurve> Of(
        ModelAnalysis analysis,
        IReadOnlyList<ChannelGroup> groups,
        IReadOnlyList<double[]> scores,
        ScoreNormalization normalization,
        BudgetKind kind)
    {
        if (normalization == ScoreNormalization.None) return [.. groups.Zip(scores, GroupCurve.Of)];
        var whole = new CostPoint(CostPolynomial.Of(analysis, groups, kind), groups.Select(g => g.Size));
        double unit = Math.Max(1, whole.Total);
        return [.. groups.Select((group, g) => Scaled(GroupCurve.Of(group, scores[g]), whole.Saving(g, group.Size - 1) / unit))];
    }

    private static GroupCurve Scaled(GroupCurve curve, double factor) => curve with { Distortion = [.. curve.Distortion.Select(d => d * factor)] };
}
