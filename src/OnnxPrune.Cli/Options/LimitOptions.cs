using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The limits that a pruned model must meet; otherwise the command fails and writes nothing.</summary>
internal static class LimitOptions
{
    /// <summary>The largest number of MACs.</summary>
    public static readonly Option<Amount?> MaxMacs = TypedOption.Of<Amount?>(
        "--max-macs", "N|SHARE", "Fail if more MACs remain than a number such as 20M, or a share of the original such as 50%.", Amount.Count);

    /// <summary>The largest file size.</summary>
    public static readonly Option<Amount?> MaxBytes = TypedOption.Of<Amount?>(
        "--max-bytes", "SIZE|SHARE",
        "Fail if the result, with external data, is larger on disk than a size such as 600KiB, or a share of the original such as 50%.",
        Amount.Bytes);

    /// <summary>The largest loss of accuracy, in percentage points.</summary>
    public static readonly Option<double?> MaxDrop = TypedOption.Of<double?>(
        "--max-drop", "POINTS", "Fail if top-1 accuracy on --data drops by more than POINTS percentage points, such as 1.5.", OptionValues.Points);

    /// <summary>The smallest speedup.</summary>
    public static readonly Option<double?> MinSpeedup = TypedOption.Of<double?>(
        "--min-speedup", "FACTOR",
        "Fail if the measured speedup over the original is below FACTOR, such as 1.3.", OptionValues.Factor);

    /// <summary>All limits.</summary>
    public static IReadOnlyList<Option> All { get; } = [MaxMacs, MaxBytes, MaxDrop, MinSpeedup];

    /// <summary>Adds the options to a command that has those of <see cref="RuntimeOptions"/>.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(MaxDrop) is not null && result.GetResult(RuntimeOptions.Data) is null)
                result.AddError("--max-drop needs --data and --labels; give both");
        });
    }
}
