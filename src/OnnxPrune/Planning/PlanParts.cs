using OnnxPrune.Allocation;
using OnnxPrune.Groups;
using OnnxPrune.Planning;

namespace OnnxPrune.Advanced;

/// <summary>The model that a plan was made for.</summary>
/// <param name="File">Its file name, for people.</param>
/// <param name="StructureHash">Hash of its structure; a plan is refused for any other.</param>
/// <param name="WeightsHash">Hash of its weights; others of the same structure need to be allowed.</param>
public sealed record PlannedModel(string? File, string StructureHash, string WeightsHash);

/// <summary>The options that a plan was made with.</summary>
/// <param name="Budget">The budget, as <c>macs=50%</c>.</param>
/// <param name="Criterion">The criterion that scored channels.</param>
/// <param name="Normalization">How groups became comparable.</param>
/// <param name="Scope">How the budget was spread.</param>
/// <param name="RoundTo">Kept channels are multiples of this; null for the usual ones, 8 or 4 by the size of the group.</param>
/// <param name="MinChannels">Channels that every group kept at least.</param>
/// <param name="MaxSparsity">Largest share of a group that could leave.</param>
/// <param name="Seed">The seed of the random criterion.</param>
/// <param name="Include">Globs on node and tensor names; only groups that match were touched.</param>
/// <param name="Exclude">Globs; groups that match were not touched.</param>
/// <param name="Dimensions">The sizes of symbolic dimensions at which MACs are counted.</param>
/// <param name="Granularity">Which kinds of group could be touched.</param>
/// <param name="AllowApproximate">True where approximate groups could be touched.</param>
/// <param name="Aggregation">How the occurrences of a group were put together.</param>
/// <param name="Recover">How accuracy is recovered after the cut: <c>none</c>, <c>auto</c> or a list of methods.</param>
/// <param name="Calibration">The data that importance and recovery use; null for none.</param>
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
    PlannedCalibration? Calibration = null)
{
    /// <summary>The options as a plan states them.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="limits">The limits that the allocation kept in the end.</param>
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
        options.Calibration);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>The calibration data of a plan.</summary>
/// <param name="Source">A path as it was typed, or <c>synthetic</c>.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Hash">Hash of the samples.</param>
public sealed record PlannedCalibration(string Source, int Samples, string Hash);

/// <summary>Totals before and after.</summary>
/// <param name="Before">The original.</param>
/// <param name="After">The pruned model.</param>
public sealed record PlanTotals(PlanCost Before, PlanCost After);

/// <summary>What a model costs.</summary>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">Elements of the float weights.</param>
/// <param name="Bytes">Bytes of the float weights.</param>
/// <param name="Channels">Channels of the groups in the plan.</param>
public sealed record PlanCost(long Macs, long Parameters, long Bytes, long Channels)
{
    internal static PlanCost Of(Cost cost, long channels) => new((long)cost.Macs, (long)cost.Parameters, (long)Math.Ceiling(cost.Bytes), channels);
}

/// <summary>One group of coupled channels and what stays of it.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Size">Channels before.</param>
/// <param name="Kept">The channels that stay, as ranges: <c>0-3,5,7-15</c>.</param>
/// <param name="KeptCount">How many these are.</param>
/// <param name="Exact">True when removing equals zeroing.</param>
/// <param name="Importance">Normalised importance over the group, or null where the group was not scored or a score is not finite.</param>
/// <param name="Slices">The weight axes it occurs on, as <c>conv1.weight[0]</c>.</param>
/// <param name="Kind">What its channels are: <c>channels</c>, <c>heads</c>, <c>head-size</c>, <c>conv-groups</c> or <c>in-group</c>.</param>
public sealed record PlannedGroup(
    string Id, int Size, string Kept, int KeptCount, bool Exact, ImportanceSummary? Importance, IReadOnlyList<string> Slices, string? Kind = null);

/// <summary>The importance of a group's channels in short.</summary>
/// <param name="Min">The least important channel.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The most important channel.</param>
public sealed record ImportanceSummary(double Min, double Mean, double Max)
{
    /// <summary>False where weights that are infinite or no numbers make a number that JSON cannot hold.</summary>
    internal bool IsFinite => double.IsFinite(Min) && double.IsFinite(Mean) && double.IsFinite(Max);

    internal static ImportanceSummary Of(double[] scores) => new(Short(scores.Min()), Short(scores.Average()), Short(scores.Max()));

    private static double Short(double number) => Math.Round(number, 6);
}
