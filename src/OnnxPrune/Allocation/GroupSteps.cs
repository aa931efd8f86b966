using OnnxPrune.Groups;
using OnnxPrune.Importance;

namespace OnnxPrune.Allocation;

/// <summary>
/// The sizes that a group may have, largest first, and what is lost at each. Step k leads from size k to size k + 1; its channels leave together.
/// </summary>
internal sealed class GroupSteps
{
    private readonly int[] removed;
    private readonly double[] distortion;
    private readonly double[] slopes;

    private GroupSteps(int size, int[] removed, double[] distortion)
    {
        Size = size;
        this.removed = removed;
        this.distortion = distortion;
        slopes = HullSlopes(removed, distortion);
    }

    /// <summary>The group's size.</summary>
    public int Size { get; }

    /// <summary>The number of steps.</summary>
    public int Count => removed.Length - 1;

    /// <summary>
    /// The steps of a group that loses what its curve says. A curve that falls is taken as level there: what is lost is not won back by losing more.
    /// </summary>
    public static GroupSteps Of(GroupCurve curve, AllocationOptions options, double maxSparsity)
    {
        int[] removed = [.. Removals(curve.Group, options, maxSparsity)];
        var distortion = new double[removed.Length];
        distortion[0] = curve.Distortion[0];
        for (int k = 1; k < removed.Length; k++) distortion[k] = Math.Max(distortion[k - 1], curve.Distortion[removed[k]]);
        return new GroupSteps(curve.Group.Size, removed, distortion);
    }

    /// <summary>How many channels have left after no step, one step, and so on.</summary>
    public static IEnumerable<int> Removals(ChannelGroup group, AllocationOptions options, double maxSparsity)
    {
        int least = Math.Max(Math.Max(1, Indices(options.MinChannels, group.Widths[0])), group.Size - (int)Math.Floor(group.Size * maxSparsity));
        int multiple = options.MultipleFor(group), smallest = group.Size;
        yield return 0;
        for (int kept = (group.Size - 1) / multiple * multiple; kept >= least; kept -= multiple)
        {
            yield return group.Size - kept;
            smallest = kept;
        }
        if (options.RoundTo is not null) yield break;
        for (int kept = smallest - 1; kept >= least; kept--) yield return group.Size - kept;
    }

    /// <summary>Channels that have left after so many steps.</summary>
    public int Removed(int steps) => removed[steps];

    /// <summary>Channels that stay after so many steps.</summary>
    public int Kept(int steps) => Size - removed[steps];

    /// <summary>What is lost after so many steps.</summary>
    public double Distortion(int steps) => distortion[steps];

    /// <summary>What a step loses per channel, on the lower convex hull of the curve: it never falls from one step to the next.</summary>
    public double Slope(int step) => slopes[step];

    private static double[] HullSlopes(int[] removed, double[] distortion)
    {
        double Between(int a, int b) => (distortion[b] - distortion[a]) / (removed[b] - removed[a]);
        var hull = new List<int> { 0 };
        for (int k = 1; k < removed.Length; k++)
        {
            while (hull.Count > 1 && Between(hull[^2], hull[^1]) >= Between(hull[^1], k)) hull.RemoveAt(hull.Count - 1);
            hull.Add(k);
        }
        var slopes = new double[removed.Length - 1];
        for (int h = 1; h < hull.Count; h++) Array.Fill(slopes, Between(hull[h - 1], hull[h]), hull[h - 1], hull[h] - hull[h - 1]);
        return slopes;
    }

    // Heads and groups have several channels each.
    private static int Indices(int channels, int width) => (channels + width - 1) / width;
}
