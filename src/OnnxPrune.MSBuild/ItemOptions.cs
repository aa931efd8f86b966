using OnnxPrune.Cli;
using static OnnxPrune.MSBuild.ItemOptionKind;
using static OnnxPrune.MSBuild.ToolCommands;

namespace OnnxPrune.MSBuild;

/// <summary>The metadata of <c>OnnxPrune</c> items, in the order of docs/msbuild.md.</summary>
internal static class ItemOptions
{
    /// <summary>The metadata that become options. IncludeNodes and ExcludeNodes, because MSBuild reserves Include and Exclude.</summary>
    public static readonly IReadOnlyList<ItemOption> All =
    [
        new("Budget", "--budget", Text, Prune),
        new("Criterion", "--criterion", Text, Prune),
        new("Aggregate", "--aggregate", Text, Prune),
        new("Normalize", "--normalize", Text, Prune),
        new("Scope", "--scope", Text, Prune),
        new("Sensitivity", "--sensitivity", Input, Prune),
        new("RoundTo", "--round-to", Text, Prune),
        new("MinChannels", "--min-channels", Text, Prune),
        new("MaxSparsity", "--max-sparsity", Text, Prune),
        new("IncludeNodes", "--include", List, Prune),
        new("ExcludeNodes", "--exclude", List, Prune),
        new("Granularity", "--granularity", Text, Prune),
        new("Allow", "--allow", Text, Prune),
        new("Dim", "--dim", List, Prune),
        new("Outputs", "--outputs", List, Prune),
        new("Seed", "--seed", Text, Prune),
        new("Calibration", "--calibration", Input, Both),
        new("Samples", "--samples", Text, Both),
        new("Recover", "--recover", Text, Both),
        new("Steps", "--steps", Text, Prune),
        new("MetricCommand", "--metric-command", Text, Prune),
        new("Candidates", "--candidates", Text, Prune),
        new("SearchState", "--search-state", Output, Prune),
        new("Cache", "--cache", Output, Both),
        new("NoCache", "--no-cache", Flag, Both),
        new("Plan", "", Input, Apply),
        new("OtherWeights", "--other-weights", Flag, Apply),
        new("SavePlan", "--plan", Output, Prune),
        new("Provider", "--provider", Text, Both),
        new("Operators", "--operators", Inputs, Both),
        new("CustomOps", "--custom-ops", Inputs, Both),
        new("Verify", "--verify", Text, Both),
        new("NoVerify", "--no-verify", Flag, Both),
        new("Data", "--data", Input, Both),
        new("Labels", "--labels", Input, Both),
        new("MaxMacs", "--max-macs", Text, Both),
        new("MaxBytes", "--max-bytes", Text, Both),
        new("MaxDrop", "--max-drop", Text, Both),
        new("MinSpeedup", "--min-speedup", Text, Both),
        new("Bench", "--bench", Flag, Both),
        new("Seconds", "--seconds", Text, Both),
        new("Runs", "--runs", Text, Both),
        new("Threads", "--threads", Text, Both),
        new("Config", "--config", Input, Both),
        new("Report", "--report", Outputs, Both),
    ];

    /// <summary>The metadata for the path of the result, with the names of Content items.</summary>
    public static readonly IReadOnlyList<string> Placement =
        ["Link", "LinkBase", "TargetPath", "CopyToOutputDirectory", "CopyToPublishDirectory", "Visible"];

    /// <summary>True for metadata that OnnxPrune items can have. Case does not matter, as everywhere in MSBuild.</summary>
    public static bool Has(string metadata) => Names.Contains(metadata, StringComparer.OrdinalIgnoreCase);

    /// <summary>The nearest name, or null if no name is near.</summary>
    public static string? Nearest(string metadata) => Spelling.Closest(metadata, Names);

    private static IEnumerable<string> Names => All.Select(o => o.Metadata).Concat(Placement);
}
