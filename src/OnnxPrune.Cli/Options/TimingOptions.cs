using System.CommandLine;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Options;

/// <summary>The options of whatever measures latency.</summary>
internal static class TimingOptions
{
    private static readonly LatencyOptions Defaults = new();

    /// <summary>How long to measure.</summary>
    public static readonly Option<int?> Seconds = TypedOption.Of<int?>(
        "--seconds", "N", FormattableString.Invariant($"Seconds that one measurement of latency takes (default: {Defaults.Seconds})."), text =>
            OptionValues.Positive(text));

    /// <summary>How often to run.</summary>
    public static readonly Option<int?> Runs = TypedOption.Of<int?>(
        "--runs", "N", "Timed runs of each model at least, in place of --seconds.", text => OptionValues.Positive(text));

    /// <summary>How many threads.</summary>
    public static readonly Option<int?> Threads = TypedOption.Of<int?>(
        "--threads", "N",
        FormattableString.Invariant($"Threads that compute one operator while latency is measured (default: {Defaults.Threads}, the steadiest)."),
        text => OptionValues.Positive(text));

    /// <summary>Measure the result.</summary>
    public static readonly Option<bool> Bench = new("--bench")
    {
        Description = "Measure latency before and after, side by side, and report it (always with a latency budget).",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Bench, Seconds, Runs, Threads];

    /// <summary>Adds the options that say how to measure to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All.Where(o => o != Bench)) command.Options.Add(option);
    }

    /// <summary>The options as typed.</summary>
    public static LatencyOptions Of(Invocation run) => Defaults with
    {
        Seconds = run.Value(Seconds) ?? Defaults.Seconds,
        Runs = run.Value(Runs),
        Threads = run.Value(Threads) ?? Defaults.Threads,
        Dimensions = run.Value(CommonOptions.Dimensions) ?? Defaults.Dimensions,
    };
}
