using System.CommandLine;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Options;

/// <summary>The options for measurements of latency.</summary>
internal static class TimingOptions
{
    private static readonly LatencyOptions Defaults = new();

    /// <summary>The duration of a measurement.</summary>
    public static readonly Option<int?> Seconds = TypedOption.Of<int?>(
        "--seconds", "N", FormattableString.Invariant($"Duration of a latency measurement in seconds (default: {Defaults.Seconds})."), text =>
            OptionValues.Positive(text));

    /// <summary>The number of timed runs.</summary>
    public static readonly Option<int?> Runs = TypedOption.Of<int?>(
        "--runs", "N", "Smallest number of timed runs of each model, instead of --seconds.", text => OptionValues.Positive(text));

    /// <summary>The number of threads.</summary>
    public static readonly Option<int?> Threads = TypedOption.Of<int?>(
        "--threads", "N",
        FormattableString.Invariant($"Threads per operator in latency measurements (default: {Defaults.Threads}, which varies least)."),
        text => OptionValues.Positive(text));

    /// <summary>Measure the latency of the result.</summary>
    public static readonly Option<bool> Bench = new("--bench")
    {
        Description = "Measure and report the latency of both models; implied by a latency budget.",
    };

    /// <summary>All options for latency.</summary>
    public static IReadOnlyList<Option> All { get; } = [Bench, Seconds, Runs, Threads];

    /// <summary>Adds the options that configure a measurement to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All.Where(o => o != Bench)) command.Options.Add(option);
    }

    /// <summary>The options of a command line.</summary>
    public static LatencyOptions Of(Invocation run) => Defaults with
    {
        Seconds = run.Value(Seconds) ?? Defaults.Seconds,
        Runs = run.Value(Runs),
        Threads = run.Value(Threads) ?? Defaults.Threads,
        Dimensions = run.Value(CommonOptions.Dimensions) ?? Defaults.Dimensions,
    };
}
