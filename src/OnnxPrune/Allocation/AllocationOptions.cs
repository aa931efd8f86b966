using OnnxPrune.Allocation;
using OnnxPrune.Groups;

namespace OnnxPrune;

/// <summary>How the allocation divides the budget among the groups.</summary>
public enum Scope
{
    /// <summary>Removes the channels with the smallest loss per unit of budget first, over the whole model.</summary>
    Global,

    /// <summary>Removes the same share of every group. Nested groups, such as heads and the features inside them, lose it together: the inner group loses
    /// channels only if the outer group cannot lose the share by itself.</summary>
    Local,

    /// <summary>Minimises the total distortion by dynamic programming.</summary>
    Dp,

    /// <summary>Evolutionary search: <see cref="AllocationSearch"/> scores each allocation by running it. Otherwise as <see cref="Dp"/>.</summary>
    Search,
}

/// <summary>The limits of the allocation.</summary>
/// <param name="Scope">How the allocation divides the budget among the groups.</param>
/// <param name="RoundTo">
/// Every pruned group keeps a multiple of this number of channels. A head or a convolution group counts as the channels inside it. Null for the
/// multiple that kernels compute fast: 8 in groups of 128 channels or more, 4 in groups of 16 channels or more. Null also allows any number below
/// the smallest multiple that the other limits allow, so rounding does not limit how far a group can shrink.
/// </param>
/// <param name="MinChannels">The smallest number of channels that a group keeps. A head or convolution group counts as its channels.</param>
/// <param name="MaxSparsity">
/// The largest share of a group to remove, 0 to 1. Null for 1 if <see cref="Scope"/> is local, because every group loses the same share. Otherwise
/// null for <see cref="UsualMaxSparsity"/>, so that no layer collapses, or for 1 if the budget cannot be reached otherwise.
/// </param>
public sealed record AllocationOptions(Scope Scope = Scope.Global, int? RoundTo = null, int MinChannels = 1, double? MaxSparsity = null)
{
    /// <summary>The default of the largest share of a group to remove; the budget or an option can raise it.</summary>
    public const double UsualMaxSparsity = 0.9;

    /// <summary>The number that the kept indices of a group must be a multiple of, according to <see cref="RoundTo"/>.</summary>
    public int MultipleFor(ChannelGroup group)
    {
        int channels = RoundTo ?? UsualRoundTo(group.Size * group.Widths[0]);
        return group.Widths.Aggregate(1, (n, width) => CommonMultiple(n, channels / GreatestCommonDivisor(channels, width)));
    }

    /// <summary>The values of <see cref="MaxSparsity"/> to try, in order.</summary>
    internal IReadOnlyList<double> MaxSparsities
    {
        get
        {
            if (MaxSparsity is { } given) return [given];
            return Scope == Scope.Local ? [1] : [UsualMaxSparsity, 1];
        }
    }

    private static int UsualRoundTo(int channels) => channels switch { >= 128 => 8, >= 16 => 4, _ => 1 };

    private static int CommonMultiple(int a, int b) => a / GreatestCommonDivisor(a, b) * b;

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
