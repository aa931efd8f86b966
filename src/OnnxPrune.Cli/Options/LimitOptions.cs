using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The limits that a pruned model must keep to be written at all, as builds and scripts set them.</summary>
internal static class LimitOptions
{
    /// <summary>Most multiply-accumulate operations.</summary>
    public static readonly Option<Amount?> MaxMacs = TypedOption.Of<Amount?>(
        "--max-macs", "N|SHARE", "Fail if more MACs remain: a number such as 20M, or a share of the original's such as 50%.", Amount.Count);

    /// <summary>Most bytes on disk.</summary>
    public static readonly Option<Amount?> MaxBytes = TypedOption.Of<Amount?>(
        "--max-bytes", "SIZE|SHARE",
        "Fail if the result is larger on disk, external data included: a size such as 600KiB, or a share such as 50%.", Amount.Bytes);

    /// <summary>Most points of accuracy that may be lost.</summary>
    public static readonly Option<double?> MaxDrop = TypedOption.Of<double?>(
        "--max-drop", "POINTS", "Fail if the result loses more points of accuracy on --data, such as 1.5 for 92% to 90.5%.", OptionValues.Points);

    /// <summary>How many times as fast the result must be.</summary>
    public static readonly Option<double?> MinSpeedup = TypedOption.Of<double?>(
        "--min-speedup", "FACTOR",
        "Fail if the result is measured to be less than FACTOR times as fast as the original, such as 1.3.", OptionValues.Factor);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } = [MaxMacs, MaxBytes, MaxDrop, MinSpeedup];

    /// <summary>Adds the options to a command that has those of <see cref="RuntimeOptions"/>.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(MaxDrop) is not null && result.GetResult(RuntimeOptions.Data) is null)
                result.AddError("--max-drop is measured on --data and --labels; give both");
        });
    }
}
