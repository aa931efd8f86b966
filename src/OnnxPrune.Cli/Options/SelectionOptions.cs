using System.CommandLine;
using System.CommandLine.Parsing;
using OnnxPrune.Allocation;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that choose what to prune, by which criterion, and how far.</summary>
internal static class SelectionOptions
{
    private static readonly Option<Budget> Budget = TypedOption.Of(
        "--budget", "macs=SHARE|params=SHARE|bytes=SHARE|channels=SHARE|latency=SHARE",
        "The share of the original's cost that may remain, such as macs=50%; latency is measured on this machine.", OnnxPrune.Budget.Parse);

    private static readonly Option<Criterion> Criterion = TypedOption.Of(
        "--criterion",
        CriterionTable.Names,
        "How to score the importance of channels (default: obs, or l2 with --calibration none and, without --calibration, for large models).",
        CriterionTable.Named);

    /// <summary>The file with measured sensitivity curves.</summary>
    public static readonly Option<string?> Sensitivity = new("--sensitivity")
    {
        HelpName = "CURVES.json",
        Description = "Use the curves that 'onnxprune sensitivity' measured on this model instead of a criterion; with --scope dp, the total "
            + "measured loss is minimal.",
    };

    private static readonly Option<Aggregation?> Aggregation = TypedOption.Of<Aggregation?>(
        "--aggregate", "sum|mean|max|product", "How to combine the scores of the weights that a group occurs in (default: sum).",
        text => OptionValues.OneOf<Aggregation>(text));

    private static readonly Option<ScoreNormalization?> Normalization = TypedOption.Of<ScoreNormalization?>(
        "--normalize", "mean|max|sum|standardised|isomorphic|none", "How to make the scores of different groups comparable (default: mean).",
        text => OptionValues.OneOf<ScoreNormalization>(text));

    private static readonly Option<Scope?> Scope = TypedOption.Of<Scope?>(
        "--scope", "global|local|dp|search",
        "How to divide the budget among groups (default: global). global removes channels with the smallest loss per unit of budget first; local "
            + "removes the same share of every group; dp minimises the total loss by dynamic programming; search refines the global allocation by "
            + "evolutionary search.",
        text => OptionValues.OneOf<Scope>(text));

    private static readonly Option<int?> RoundTo = TypedOption.Of<int?>(
        "--round-to", "N",
        "Keep a multiple of N channels in every pruned group (default: 8 in groups of 128 channels or more, 4 in groups of 16 or more, any "
            + "number in smaller groups; kernels compute these multiples fast).",
        text => OptionValues.Positive(text));

    private static readonly Option<int?> MinChannels = TypedOption.Of<int?>(
        "--min-channels", "N", "Smallest number of channels that a group keeps (default: 1).", text => OptionValues.Positive(text));

    private static readonly Option<double?> MaxSparsity = TypedOption.Of<double?>(
        "--max-sparsity", "SHARE",
        "Largest share of a group to remove, such as 80% (default: 90%, or more if the budget cannot be met otherwise; 100% with --scope local).",
        text => OptionValues.Share(text));

    /// <summary>The random seed.</summary>
    public static readonly Option<int?> Seed = TypedOption.Of<int?>(
        "--seed", "N", "Random seed (default: 0).", text => OptionValues.NotNegative(text));

    private static readonly Option<IReadOnlyList<string>> Include = TypedOption.OfMany<IReadOnlyList<string>>(
        "--include", "GLOB", "Prune only groups that contain a node or tensor with a matching name; may be repeated.", globs => globs);

    private static readonly Option<IReadOnlyList<string>> Exclude = TypedOption.OfMany<IReadOnlyList<string>>(
        "--exclude", "GLOB", "Do not prune groups that contain a node or tensor with a matching name; may be repeated.", globs => globs);

    private static readonly Option<Granularity> Granularity = TypedOption.Of(
        "--granularity", "auto|all|channels,heads,head-size,conv-groups,in-group",
        "Which kinds of group to prune (default: auto). auto prunes whole heads and groups, and other kinds only if the budget needs them.",
        OnnxPrune.Granularity.Parse);

    /// <summary>Also prune approximate groups.</summary>
    public static readonly Option<Allowance?> Allow = TypedOption.Of<Allowance?>(
        "--allow", "approximate", "Also prune groups that operators such as LayerNormalization mix, which changes the values of the kept channels.",
        text => OptionValues.OneOf<Allowance>(text));

    /// <summary>All options for the selection.</summary>
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
        CommonOptions.Outputs,
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
            result.AddError($"{option.Name} requires --scope search");
        if (searches && result.GetResult(CalibrationOptions.Steps) is not null)
            result.AddError("--steps and --scope search cannot be combined; give one of them");
    }

    private static void CheckSensitivity(CommandResult result)
    {
        if (result.GetResult(Sensitivity) is null) return;
        foreach (var option in new Option[] { Criterion, CalibrationOptions.Steps }.Where(o => result.GetResult(o) is not null))
            result.AddError($"--sensitivity and {option.Name} cannot be combined; give one of them");
    }

    // Every correction of the target would repeat the whole search, or all recoveries.
    private static void CheckLatency(CommandResult result)
    {
        if (result.GetResult(Budget) is not { Tokens: [var budget] }) return;
        if (!budget.Value.StartsWith("latency=", StringComparison.OrdinalIgnoreCase)) return;
        if (result.GetResult(Scope) is { Tokens: [{ Value: "search" }] })
            result.AddError("--budget latency and --scope search cannot be combined; use --scope global, local or dp");
        if (result.GetResult(CalibrationOptions.Steps) is not null)
            result.AddError("--budget latency and --steps cannot be combined; give one of them");
    }

    /// <summary>Makes a command require the budget, unless one of <paramref name="instead"/> is given.</summary>
    public static void RequireBudget(Command command, params IReadOnlyList<Option> instead) => command.Validators.Add(result =>
    {
        if (result.GetResult(Budget) is null && instead.All(o => result.GetResult(o) is null)) result.AddError("Option '--budget' is required.");
    });

    /// <summary>The options of a command line; options that are not given have the library's defaults.</summary>
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
            Outputs = parsed.GetValue(CommonOptions.Outputs) ?? options.Outputs,
        };
    }

    /// <summary>The kinds of group that are pruned only on request.</summary>
    internal enum Allowance
    {
        /// <summary>Groups whose channels an operator mixes.</summary>
        Approximate,
    }
}
