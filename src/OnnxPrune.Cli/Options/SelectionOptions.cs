using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxPrune.Allocation;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that say what to prune, by which measure, and how far.</summary>
internal static class SelectionOptions
{
    private static readonly Option<Budget> Budget = TypedOption.Of(
        "--budget", "macs=SHARE|params=SHARE|bytes=SHARE|channels=SHARE|latency=SHARE",
        "What may remain, such as macs=50%; latency is measured.", Allocation.Budget.Parse);

    private static readonly Option<Criterion> Criterion = TypedOption.Of(
        "--criterion",
        CriterionTable.Names,
        "How the importance of a channel is told (default: obs with --calibration, else l2).",
        CriterionTable.Named);

    /// <summary>Curves that were measured before.</summary>
    public static readonly Option<string?> Sensitivity = new("--sensitivity")
    {
        HelpName = "CURVES.json",
        Description = "In place of a criterion, what 'onnxprune sensitivity' measured on this model; with --scope dp the least total loss.",
    };

    private static readonly Option<Aggregation?> Aggregation = TypedOption.Of<Aggregation?>(
        "--aggregate", "sum|mean|max|product", "How the layers that a group of channels occurs in are put together (default: sum).",
        text => OptionValues.OneOf<Aggregation>(text));

    private static readonly Option<Importance.Normalization?> Normalization = TypedOption.Of<Importance.Normalization?>(
        "--normalize", "mean|max|sum|standardised|isomorphic|none", "How the scores of groups become comparable (default: mean).",
        text => OptionValues.OneOf<Importance.Normalization>(text));

    private static readonly Option<Scope?> Scope = TypedOption.Of<Scope?>(
        "--scope", "global|local|dp|search",
        "Take what loses least per unit of budget first, or the same share of each group, or the least total loss by dynamic programming, "
        + "or search from there (default: global).",
        text => OptionValues.OneOf<Scope>(text));

    private static readonly Option<int?> RoundTo = TypedOption.Of<int?>(
        "--round-to", "N",
        "Kept channels of a pruned group are a multiple of N (default: what kernels compute fast, 8 in groups of 128 channels or more and 4 in those "
            + "of 16 or more).",
        text => OptionValues.Positive(text));

    private static readonly Option<int?> MinChannels = TypedOption.Of<int?>(
        "--min-channels", "N", "Channels that every group keeps at least (default: 1).", text => OptionValues.Positive(text));

    private static readonly Option<double?> MaxSparsity = TypedOption.Of<double?>(
        "--max-sparsity", "SHARE",
        "The largest share of a group that may leave, such as 80% (default: 90% where the budget can be met with that; 100% with --scope local).",
        text => OptionValues.Share(text));

    /// <summary>The seed of everything random.</summary>
    public static readonly Option<int?> Seed = TypedOption.Of<int?>(
        "--seed", "N", "The seed of everything random (default: 0).", text => OptionValues.NotNegative(text));

    private static readonly Option<IReadOnlyList<string>> Include = TypedOption.OfMany<IReadOnlyList<string>>(
        "--include", "GLOB", "Prune only groups with a node or tensor whose name matches; may be repeated.", globs => globs);

    private static readonly Option<IReadOnlyList<string>> Exclude = TypedOption.OfMany<IReadOnlyList<string>>(
        "--exclude", "GLOB", "Leave groups alone that have a node or tensor whose name matches; may be repeated.", globs => globs);

    private static readonly Option<Granularity> Granularity = TypedOption.Of(
        "--granularity", "auto|all|channels,heads,head-size,conv-groups,in-group",
        "Which kinds of group to prune: some of them, all, or whole heads and groups first, and others as needed (default: auto).",
        Planning.Granularity.Parse);

    /// <summary>Prune approximate groups, too.</summary>
    public static readonly Option<Allowance?> Allow = TypedOption.Of<Allowance?>(
        "--allow", "approximate", "Prune channels that operators such as LayerNormalization mix, too: what they compute of the others changes.",
        text => OptionValues.OneOf<Allowance>(text));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Budget,
        Criterion,
        Sensitivity,
        Aggregation,
        Normalization,
        Scope,
        RoundTo,
        MinChannels,
        MaxSparsity,
        Seed,
        Include,
        Exclude,
        Granularity,
        Allow,
        CommonOptions.Dimensions,
    ];

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
        CalibrationOptions.AddSelectionTo(command);
        CalibrationOptions.AddTo(command);
        command.Validators.Add(CheckSearch);
        command.Validators.Add(CheckSensitivity);
        command.Validators.Add(CheckLatency);
    }

    private static void CheckSearch(CommandResult result)
    {
        Option[] searching = [CalibrationOptions.Metric, CalibrationOptions.Candidates, CalibrationOptions.SearchState];
        bool searches = result.GetResult(Scope) is { Tokens: [{ Value: "search" }] };
        foreach (var option in searching.Where(o => !searches && result.GetResult(o) is not null))
            result.AddError($"{option.Name} is for --scope search");
        if (searches && result.GetResult(CalibrationOptions.Steps) is not null)
            result.AddError("--steps and --scope search do not go together; give one of them");
    }

    private static void CheckSensitivity(CommandResult result)
    {
        if (result.GetResult(Sensitivity) is null) return;
        foreach (var option in new Option[] { Criterion, CalibrationOptions.Steps }.Where(o => result.GetResult(o) is not null))
            result.AddError($"--sensitivity and {option.Name} do not go together; give one of them");
    }

    // Every correction of the target would be a search, or recovery, of its own.
    private static void CheckLatency(CommandResult result)
    {
        if (result.GetResult(Budget) is not { Tokens: [var budget] }) return;
        if (!budget.Value.StartsWith("latency=", StringComparison.OrdinalIgnoreCase)) return;
        if (result.GetResult(Scope) is { Tokens: [{ Value: "search" }] })
            result.AddError("--budget latency and --scope search do not go together; use --scope global, local or dp");
        if (result.GetResult(CalibrationOptions.Steps) is not null)
            result.AddError("--budget latency and --steps do not go together; give one of them");
    }

    /// <summary>Makes a command demand the budget, unless one of <paramref name="instead"/> is given.</summary>
    public static void RequireBudget(Command command, params IReadOnlyList<Option> instead) => command.Validators.Add(result =>
    {
        if (result.GetResult(Budget) is null && instead.All(o => result.GetResult(o) is null)) result.AddError("Option '--budget' is required.");
    });

    /// <summary>The options as typed; those left out have the library's defaults.</summary>
    public static PruningOptions Read(ParseResult parsed)
    {
        var options = new PruningOptions();
        var limits = options.Allocation;
        var curves = parsed.GetValue(Sensitivity) is { } path ? new CurveFileCriterion(path) : null;
        return options with
        {
            Budget = parsed.GetValue(Budget),
            Criterion = curves ?? parsed.GetValue(Criterion),
            Aggregation = parsed.GetValue(Aggregation) ?? options.Aggregation,
            Normalization = parsed.GetValue(Normalization),
            Allocation = new AllocationOptions(
                parsed.GetValue(Scope) ?? limits.Scope,
                parsed.GetValue(RoundTo) ?? limits.RoundTo,
                parsed.GetValue(MinChannels) ?? limits.MinChannels,
                parsed.GetValue(MaxSparsity) ?? limits.MaxSparsity),
            Seed = parsed.GetValue(Seed) ?? options.Seed,
            Include = parsed.GetValue(Include) ?? options.Include,
            Exclude = parsed.GetValue(Exclude) ?? options.Exclude,
            Granularity = parsed.GetValue(Granularity) ?? options.Granularity,
            AllowApproximate = parsed.GetValue(Allow) is Allowance.Approximate,
            Dimensions = parsed.GetValue(CommonOptions.Dimensions) ?? options.Dimensions,
        };
    }

    /// <summary>What may be pruned that usually is not.</summary>
    internal enum Allowance
    {
        /// <summary>Groups that some operator mixes.</summary>
        Approximate,
    }
}
