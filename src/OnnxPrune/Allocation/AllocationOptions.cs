using OnnxPrune.Allocation;
using OnnxPrune.Groups;

namespace OnnxPrune;

/// <summary>How the budget is spread over groups.</summary>
public enum Scope
{
    /// <summary>What loses least per unit of budget leaves first, over the whole model.</summary>
    Global,

    /// <summary>Every group loses the same share.</summary>
    Local,

    /// <summary>The least total distortion by dynamic programming.</summary>
    Dp,

    /// <summary>Evolution over allocations, each scored by running it (<see cref="AllocationSearch"/>); without that, as <see cref="Dp"/>.</summary>
    Search,
}

/// <summary>What limits the allocation.</summary>
/// <param name="Scope">How the budget is spread over groups.</param>
/// <param name="RoundTo">
/// Kept channels of a group are a multiple of this, unless it is left whole. Heads and groups count with the channels in them. Null: a multiple that
/// kernels compute fast, 8 in groups of 128 channels or more and 4 in those of 16 or more, and any number below the
/// smallest that the other limits allow, so that what can be reached is the same.
/// </param>
/// <param name="MinChannels">Channels that every group keeps at least; of heads and groups, so many that they have as many channels.</param>
/// <param name="MaxSparsity">
/// Largest share of a group that may leave, 0 to 1. Null: where <see cref="Scope"/> is local all, as every group loses the same; else
/// <see cref="UsualMaxSparsity"/>, so that no layer collapses, or all where the budget is out of reach otherwise.
/// </param>
public sealed record AllocationOptions(Scope Scope = Scope.Global, int? RoundTo = null, int MinChannels = 1, double? MaxSparsity = null)
{
    /// <summary>The largest share of a group that leaves unless the budget, or an option, asks for more.</summary>
    public const double UsualMaxSparsity = 0.9;

    /// <summary>What so many indices of a group must be a multiple of for <see cref="RoundTo"/>.</summary>
    public int MultipleFor(ChannelGroup group)
    {
        int channels = RoundTo ?? UsualRoundTo(group.Size * group.Widths[0]);
        return group.Widths.Aggregate(1, (n, width) => CommonMultiple(n, channels / GreatestCommonDivisor(channels, width)));
    }

    /// <summary>The values of <see cref="MaxSparsity"/> to try, one after the other.</summary>
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
