using System.CommandLine;
using System.CommandLine.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Usage;

namespace OnnxPrune.Cli.Help;

/// <summary>A titled section of related options.</summary>
/// <param name="Title">The title.</param>
/// <param name="Options">The options, in display order.</param>
internal sealed record OptionSection(string Title, IReadOnlyList<Option> Options)
{
    private static readonly OptionSection[] Named =
    [
        new("Budget and selection", [.. SelectionOptions.All, .. CalibrationOptions.Selecting]),
        new("Calibration and recovery", CalibrationOptions.All),
        new("Execution and verification", [.. RuntimeOptions.All.Where(o => o != RuntimeOptions.CustomOps), CommonOptions.OtherWeights]),
        new("Custom operators", [CommonOptions.Operators, RuntimeOptions.CustomOps]),
        new("For builds", [.. LimitOptions.All, ReportOptions.Dependencies]),
        new("Measuring latency", TimingOptions.All),
        new("Output", [CommonOptions.Output, ListingOptions.Output, .. ReportOptions.All]),
        new("General", GlobalOptions.All),
    ];

    /// <summary>The sections of a command: its own options first, then the sections that it shares with other commands.</summary>
    public static IReadOnlyList<OptionSection> Of(Command command)
    {
        var options = CommandTree.Options(command).ToList();
        var own = options.Where(o => TitleOf(o) is null).ToList();
        var shared = Named.Select(
            s => s with { Options = [.. s.Options.Intersect(options), .. options.Except(s.Options).Where(o => TitleOf(o) == s.Title)] });
        return [.. new[] { new OptionSection("Options", own) }.Concat(shared).Where(s => s.Options.Count > 0)];
    }

    private static string? TitleOf(Option option) =>
        option is HelpOption or VersionOption ? "General" : Named.FirstOrDefault(s => s.Options.Contains(option))?.Title;
}
