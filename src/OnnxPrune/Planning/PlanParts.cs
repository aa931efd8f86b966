using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;

namespace OnnxPrune.Advanced;

/// <summary>The model that a plan was made for.</summary>
/// <param name="File">Its file name, for information only.</param>
/// <param name="StructureHash">Hash of its structure. The plan is rejected for a model with another hash.</param>
/// <param name="WeightsHash">Hash of its weights. Other weights with the same structure need an explicit option.</param>
public sealed record PlannedModel(string? File, string StructureHash, string WeightsHash);

/// <summary>The options that a plan was made with.</summary>
/// <param name="Budget">The budget, such as <c>macs=50%</c>.</param>
/// <param name="Criterion">The criterion that scored channels.</param>
/// <param name="Normalization">How the scores of groups were made comparable.</param>
/// <param name="Scope">How the budget was divided among the groups.</param>
/// <param name="RoundTo">Kept channels are multiples of this; null for the default, 8 or 4 depending on the size of the group.</param>
/// <param name="MinChannels">The smallest number of channels that a group could keep.</param>
/// <param name="MaxSparsity">The largest share of a group that could be removed.</param>
/// <param name="Seed">The seed of the random criterion.</param>
/// <param name="Include">Globs on node and tensor names; only groups that match could be pruned.</param>
/// <param name="Exclude">Globs on node and tensor names; groups that match could not be pruned.</param>
/// <param name="Dimensions">The sizes of symbolic dimensions at which MACs are counted.</param>
/// <param name="Granularity">The kinds of group that could be pruned.</param>
/// <param name="AllowApproximate">True if approximate groups could be pruned.</param>
/// <param name="Aggregation">How the scores of the occurrences of a group were combined.</param>
/// <param name="Recover">How accuracy is recovered after the cut: <c>none</c>, <c>auto</c> or a list of methods.</param>
/// <param name="Calibration">The data that importance and recovery use; null for none.</param>
/// <param name="Outputs">The outputs that stay; null for all outputs.</param>
public sealed record PlanOptions(
    string Budget,
    string Criterion,
    string Normalization,
    string Scope,
    int? RoundTo,
    int MinChannels,
    double MaxSparsity,
    int Seed,
    IReadOnlyList<string> Include,
    IReadOnlyList<string> Exclude,
    IReadOnlyDictionary<string, long> Dimensions,
    string Granularity = "all",
    bool AllowApproximate = false,
    string Aggregation = "sum",
    string Recover = "none",
    PlannedCalibration? Calibration = null,
    IReadOnlyList<string>? Outputs = null)
{
    /// <summary>The options as a plan stores them.</summary>
    /// <param name="options">The requested options.</param>
    /// <param name="limits">The final limits of the allocation.</param>
    internal static PlanOptions Of(PruneOptions options, AllocationOptions limits) => new(
        options.Budget.ToString(),
        options.Criterion.Name,
        Word(options.Normalization),
        Word(limits.Scope),
        limits.RoundTo,
        limits.MinChannels,
        limits.MaxSparsities[^1],
        options.Seed,
        options.Include,
        options.Exclude,
        options.Dimensions,
        options.Granularity.ToString(),
        options.AllowApproximate,
        Word(options.Aggregation),
        options.Recover,
        options.Calibration,
        options.Outputs.Count == 0 ? null : options.Outputs);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>The calibration data of a plan.</summary>
/// <param name="Source">A path as on the command line, or <c>synthetic</c>.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Hash">Hash of the samples.</param>
public sealed record PlannedCalibration(string Source, int Samples, string Hash);

/// <summary>Totals before and after.</summary>
/// <param name="Before">The original.</param>
/// <param name="After">The pruned model.</param>
public sealed record PlanTotals(PlanCost Before, PlanCost After);

/// <summary>The cost of a model.</summary>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">Elements of the float weights.</param>
/// <param name="Bytes">Bytes of the float weights.</param>
/// <param name="Channels">Channels of the groups in the plan.</param>
public sealed record PlanCost(long Macs, long Parameters, long Bytes, long Channels)
{
    internal static PlanCost Of(Cost cost, long channels) => new((long)cost.Macs, (long)cost.Parameters, (long)Math.Ceiling(cost.Bytes), channels);
}

/// <summary>One group of coupled channels and its kept channels.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Size">The number of channels before pruning.</param>
/// <param name="Kept">The kept channels, as ranges: <c>0-3,5,7-15</c>.</param>
/// <param name="KeptCount">The number of kept channels.</param>
/// <param name="Exact">True if removing channels gives the same outputs as zeroing them.</param>
/// <param name="Importance">Normalized importance over the group; null if the group was not scored, or a score is not finite.</param>
/// <param name="Slices">The weight axes that the group occurs on, such as <c>conv1.weight[0]</c>.</param>
/// <param name="Kind">The kind of its channels: <c>channels</c>, <c>heads</c>, <c>head-size</c>, <c>conv-groups</c> or <c>in-group</c>.</param>
public sealed record PlannedGroup(
    string Id, int Size, string Kept, int KeptCount, bool Exact, ImportanceSummary? Importance, IReadOnlyList<string> Slices, string? Kind = null);

/// <summary>A summary of the importance of the channels of a group.</summary>
/// <param name="Min">The least important channel.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The most important channel.</param>
public sealed record ImportanceSummary(double Min, double Mean, double Max)
{
    /// <summary>False if a number is infinite or NaN, which JSON cannot hold.</summary>
    internal bool IsFinite => double.IsFinite(Min) && double.IsFinite(Mean) && double.IsFinite(Max);

    internal static ImportanceSummary Of(double[] scores) => new(Short(scores.Min()), Short(scores.Average()), Short(scores.Max()));

    private static double Short(double number) => Math.Round(number, 6);
}
