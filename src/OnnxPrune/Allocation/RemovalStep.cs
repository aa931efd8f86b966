using OnnxPrune.Groups;

namespace OnnxPrune.Allocation;

/// <summary>One step of an allocation: the channels of one group that leave together.</summary>
/// <param name="Group">Position of the group.</param>
/// <param name="Order">How many steps of the group come before it.</param>
/// <param name="Channels">The channels.</param>
/// <param name="Key">Steps are taken in the order of this number.</param>
internal sealed record RemovalStep(int Group, int Order, IReadOnlyList<int> Channels, double Key)
{
    /// <summary>The steps of one group, least important channels first; equal scores keep the lower index.</summary>
    public static IEnumerable<RemovalStep> Of(ChannelGroup group, int position, double[] scores, AllocationOptions options)
    {
        int[] order = [.. Enumerable.Range(0, group.Size).OrderBy(c => scores[c]).ThenByDescending(c => c)];
        int least = Math.Max(Math.Max(1, Indices(options.MinChannels, group.Widths[0])), group.Size - (int)Math.Floor(group.Size * options.MaxSparsity));
        int multiple = group.Widths.Aggregate(1, (n, width) => Common(n, options.RoundTo / GreatestCommonDivisor(options.RoundTo, width)));
        int removed = 0, step = 0;
        while (true)
        {
            int kept = group.Size - removed;
            int next = (kept - 1) / multiple * multiple;
            if (next < least) yield break;
            int[] channels = order[removed..(group.Size - next)];
            removed = group.Size - next;
            double key = options.Scope == Scope.Local ? (double)removed / group.Size : channels.Average(c => scores[c]);
            yield return new RemovalStep(position, step++, channels, key);
        }
    }

    // Heads and groups have several channels each.
    private static int Indices(int channels, int width) => (channels + width - 1) / width;

    private static int Common(int a, int b) => a / GreatestCommonDivisor(a, b) * b;

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
