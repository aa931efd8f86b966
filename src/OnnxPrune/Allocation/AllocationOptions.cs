namespace OnnxPrune.Allocation;

/// <summary>How the budget is spread over groups.</summary>
public enum Scope
{
    /// <summary>The least important channels of the whole model leave first.</summary>
    Global,

    /// <summary>Every group loses the same share.</summary>
    Local,
}

/// <summary>What limits the allocation.</summary>
/// <param name="Scope">How the budget is spread over groups.</param>
/// <param name="RoundTo">Kept channels of a group are a multiple of this, unless it is left whole. Heads and groups count with the channels in them.</param>
/// <param name="MinChannels">Channels that every group keeps at least; of heads and groups, so many that they have as many channels.</param>
/// <param name="MaxSparsity">Largest share of a group that may leave, 0 to 1.</param>
public sealed record AllocationOptions(Scope Scope = Scope.Global, int RoundTo = 1, int MinChannels = 1, double MaxSparsity = 1);
