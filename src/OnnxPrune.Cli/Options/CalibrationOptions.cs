using System.CommandLine;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;

namespace OnnxPrune.Cli.Options;

/// <summary>The options of what learns from data without labels: which data, and what to do with them.</summary>
internal static class CalibrationOptions
{
    /// <summary>How accuracy is recovered: the best of several ways.</summary>
    public const string AutomaticRecovery = "auto";

    /// <summary>Where samples come from.</summary>
    public static readonly Option<string?> Calibration = new("--calibration")
    {
        HelpName = "PATH|synthetic",
        Description = "Samples without labels that importance and recovery learn from: .npy, .npz with an array per input, a folder of .npy or of "
            + "ONNX test data, or 'synthetic' for samples made from the model (default where an option needs samples).",
    };

    /// <summary>How many samples.</summary>
    public static readonly Option<int?> Samples = TypedOption.Of<int?>(
        "--samples", "N", "Samples to use, drawn by --seed (default: 1024, fewer where activations are large).", text => OptionValues.Positive(text));

    /// <summary>How accuracy is recovered.</summary>
    public static readonly Option<string> Recover = TypedOption.Of(
        "--recover", "auto|none|bias,bn,ls,obs",
        "How accuracy is recovered after the cut, without training (default: auto with --calibration, which is obs, or bn where that helps no "
            + "output, or none; else none).",
        text => text == AutomaticRecovery ? text : RecoveryMethodNames.Format(RecoveryMethodNames.Parse(text)));

    /// <summary>How often selection and recovery alternate.</summary>
    public static readonly Option<int?> Steps = TypedOption.Of<int?>(
        "--steps", "N", "Select in N steps, each on the model recovered after the one before (default: 1).", text => OptionValues.Positive(text));

    /// <summary>Measures candidates of a search.</summary>
    public static readonly Option<MetricCommand> Metric = TypedOption.Of(
        "--metric-command",
        "COMMAND",
        "Score the candidates of --scope search by the last number that COMMAND prints, higher is better; {model} is the candidate's path.",
        MetricCommand.Parse);

    /// <summary>How many candidates a search scores.</summary>
    public static readonly Option<int?> Candidates = TypedOption.Of<int?>(
        "--candidates", "N", "Candidates that --scope search scores (default: 64).", text => OptionValues.Positive(text));

    /// <summary>Where a search keeps its state.</summary>
    public static readonly Option<string?> SearchState = new("--search-state")
    {
        HelpName = "FILE",
        Description = "Keep the scores of --scope search in FILE as they come, and resume from it.",
    };

    /// <summary>Where results are kept.</summary>
    public static readonly Option<string?> Cache = new("--cache")
    {
        HelpName = "DIR",
        Description = "Keep what was learned from data here for the next run (default: among the user's local data).",
    };

    /// <summary>Keep no results.</summary>
    public static readonly Option<bool> NoCache = new("--no-cache") { Description = "Learn from the data anew, and keep nothing." };

    /// <summary>The options of data and recovery.</summary>
    public static IReadOnlyList<Option> All { get; } = [Calibration, Samples, Recover, Cache, NoCache];

    /// <summary>The options of selection.</summary>
    public static IReadOnlyList<Option> Selecting { get; } = [Steps, Metric, Candidates, SearchState];

    /// <summary>Adds the options of data and recovery to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>Adds the options of data to a command.</summary>
    public static void AddDataTo(Command command)
    {
        foreach (var option in All.Where(o => o != Recover)) command.Options.Add(option);
    }

    /// <summary>Adds the options of selection to a command.</summary>
    public static void AddSelectionTo(Command command)
    {
        foreach (var option in Selecting) command.Options.Add(option);
    }

    /// <summary>The cache, or null.</summary>
    public static CalibrationCache? CacheOf(Invocation run) =>
        run.Value(NoCache) ? null : new CalibrationCache(run.Value(Cache) ?? CalibrationCache.DefaultFolder);

    /// <summary>The way to recover, as <see cref="AccuracyRecovery"/> takes it.</summary>
    public static RecoveryMethods? Methods(string recover) => recover == AutomaticRecovery ? null : RecoveryMethodNames.Parse(recover);
}
