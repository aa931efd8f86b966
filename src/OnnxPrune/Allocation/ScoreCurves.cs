using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>
/// Curves from scores. Scores that are normalised in each group compare its channels with each other, and say nothing of how much more a
/// channel is worth that many layers read. They are taken as importance per unit of what the budget counts: times what a channel costs in the
/// whole model, they are a distortion. The first channels to leave are then those of the lowest scores, and the rest of their group becomes
/// dearer as it saves less. Scores that are not normalised are a distortion as they are.
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
        Importance.Normalization normalization,
        BudgetKind kind)
    {
        if (normalization == Importance.Normalization.None) return [.. groups.Zip(scores, GroupCurve.Of)];
        var whole = new CostPoint(CostPolynomial.Of(analysis, groups, kind), groups.Select(g => g.Size));
        double unit = Math.Max(1, whole.Total);
        return [.. groups.Select((group, g) => Scaled(GroupCurve.Of(group, scores[g]), whole.Saving(g, group.Size - 1) / unit))];
    }

    private static GroupCurve Scaled(GroupCurve curve, double factor) => curve with { Distortion = [.. curve.Distortion.Select(d => d * factor)] };
}
