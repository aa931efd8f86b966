using System.CommandLine;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;

namespace OnnxPrune.Cli.Options;

/// <summary>The options for calibration data, recovery and search.</summary>
internal static class CalibrationOptions
{
    /// <summary>The source of the calibration samples.</summary>
    public static readonly Option<string?> Calibration = new("--calibration")
    {
        HelpName = "PATH|synthetic|none",
        Description = "Unlabelled samples for importance and recovery: a .npy file, a .npz file with one array per input, a folder of .npy "
            + "files or ONNX test data; 'synthetic' to generate samples from the model; 'none' to use the weights alone (default: synthetic, with "
            + "fewer samples for large models, and none if the model does not run on synthetic samples).",
    };

    /// <summary>The number of samples.</summary>
    public static readonly Option<int?> Samples = TypedOption.Of<int?>(
        "--samples", "N", "Number of samples, drawn with --seed (default: 1024, or fewer if activations are large; without --calibration, fewer for large models).",
        text => OptionValues.Positive(text));

    /// <summary>The recovery methods.</summary>
    public static readonly Option<string> Recover = TypedOption.Of(
        "--recover", "auto|none|bias,bn,ls,obs",
        "How to recover accuracy after pruning, without training (default: auto, or none with --calibration none). auto applies obs; if obs "
            + "does not reduce the output error, bn; if bn does not either, none.",
        text => text == PruningOptions.AutomaticRecovery ? text : RecoveryMethodNames.Format(RecoveryMethodNames.Parse(text)));

    /// <summary>The number of rounds of selection and recovery.</summary>
    public static readonly Option<int?> Steps = TypedOption.Of<int?>(
        "--steps", "N", "Prune in N steps, with recovery after each step (default: 1).", text => OptionValues.Positive(text));

    /// <summary>The command that scores the candidates of a search.</summary>
    public static readonly Option<MetricCommand> Metric = TypedOption.Of(
        "--metric-command",
        "COMMAND",
        "Score the candidates of --scope search with COMMAND: the last number that it prints counts, and higher is better; {model} stands for the "
            + "path of the candidate.",
        MetricCommand.Parse);

    /// <summary>The number of candidates that a search scores.</summary>
    public static readonly Option<int?> Candidates = TypedOption.Of<int?>(
        "--candidates", "N", "Number of candidates that --scope search scores (default: 64).", text => OptionValues.Positive(text));

    /// <summary>The file that holds the state of a search.</summary>
    public static readonly Option<string?> SearchState = new("--search-state")
    {
        HelpName = "FILE",
        Description = "Save the scores of --scope search to FILE as they are computed, and resume from that file.",
    };

    /// <summary>The folder of the cache.</summary>
    public static readonly Option<string?> Cache = new("--cache")
    {
        HelpName = "DIR",
        Description = "The folder that caches calibration results for later runs (default: a folder in the user's local data).",
    };

    /// <summary>Do not use the cache.</summary>
    public static readonly Option<bool> NoCache = new("--no-cache") { Description = "Do not read or write the calibration cache." };

    /// <summary>The options for calibration data and recovery.</summary>
    public static IReadOnlyList<Option> All { get; } = [Calibration, Samples, Recover, Cache, NoCache];

    /// <summary>The options for stepwise selection and search.</summary>
    public static IReadOnlyList<Option> Selecting { get; } = [Steps, Metric, Candidates, SearchState];

    /// <summary>Adds the options for calibration data and recovery to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>Adds the options for calibration data to a command.</summary>
    public static void AddDataTo(Command command)
    {
        foreach (var option in All.Where(o => o != Recover)) command.Options.Add(option);
    }

    /// <summary>Adds the options for stepwise selection and search to a command.</summary>
    public static void AddSelectionTo(Command command)
    {
        foreach (var option in Selecting) command.Options.Add(option);
    }

    /// <summary>The cache; null with <c>--no-cache</c>.</summary>
    public static CalibrationCache? CacheOf(Invocation run) =>
        run.Value(NoCache) ? null : new CalibrationCache(run.Value(Cache) ?? CalibrationCache.DefaultFolder);
}
