using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Advanced;

/// <summary>The loss of a group as it shrinks. Every criterion provides the importance of channels to the allocation in this form.</summary>
/// <param name="Group">The group.</param>
/// <param name="Order">The channels in ascending order of importance.</param>
/// <param name="Distortion">
/// Size + 1 numbers: element k is the loss after removing the first k channels of <paramref name="Order"/>. Element 0 is 0. The loss of measured
/// curves is the relative squared error of the outputs if the layers that read the group compensate optimally. The loss of scores is their sum.
/// </param>
public sealed record GroupCurve(ChannelGroup Group, IReadOnlyList<int> Order, IReadOnlyList<double> Distortion)
{
    /// <summary>The curve of scores: the smallest score is removed first, the last of equal scores first, and the scores add up.</summary>
    /// <param name="group">The group.</param>
    /// <param name="scores">One score per channel, at least 0.</param>
    public static GroupCurve Of(ChannelGroup group, IReadOnlyList<double> scores)
    {
        int[] order = [.. Enumerable.Range(0, group.Size).OrderBy(c => scores[c]).ThenByDescending(c => c)];
        var distortion = new double[group.Size + 1];
        for (int k = 0; k < order.Length; k++) distortion[k + 1] = distortion[k] + scores[order[k]];
        return new GroupCurve(group, order, distortion);
    }

    /// <summary>The curves of the groups that have scores.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="scores">One score per channel of each group; null for a group without scores.</param>
    public static IReadOnlyList<GroupCurve> Of(IReadOnlyList<ChannelGroup> groups, IReadOnlyList<double[]?> scores) =>
        [.. groups.Zip(scores).Where(p => p.Second is not null).Select(p => Of(p.First, p.Second!))];

    /// <summary>The increase of the curve at each channel, and never less than the increase at any channel that is removed earlier.</summary>
    public double[] Scores()
    {
        var scores = new double[Order.Count];
        double largest = 0;
        for (int k = 0; k < scores.Length; k++) scores[Order[k]] = largest = Math.Max(largest, Distortion[k + 1] - Distortion[k]);
        return scores;
    }
}
