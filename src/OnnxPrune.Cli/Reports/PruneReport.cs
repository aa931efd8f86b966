using OnnxPrune.Groups;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Evaluation;

namespace OnnxPrune.Cli.Reports;

/// <summary>What <c>prune</c>, <c>apply</c> and <c>plan</c> report.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Model">The original.</param>
/// <param name="Output">The pruned model; null from <c>plan</c>.</param>
/// <param name="Plan">The plan's file; null where it was not saved.</param>
/// <param name="Options">The options that the plan was made with.</param>
/// <param name="Before">The original's figures.</param>
/// <param name="After">The pruned model's figures.</param>
/// <param name="Verification">The verification; null where there was none.</param>
/// <param name="Calibration">The data that importance and recovery used; null where there were none.</param>
/// <param name="Recovery">What recovery was worth; null where there was none.</param>
/// <param name="Groups">Every group, in the plan's order.</param>
/// <param name="Notes">What was done beyond what was asked for, in sentences.</param>
/// <param name="Warnings">What was left alone, and why.</param>
internal sealed record PruneReport(
    string Command,
    string Model,
    string? Output,
    string? Plan,
    PlanOptions Options,
    Measures Before,
    Measures After,
    VerificationResult? Verification,
    PlannedCalibration? Calibration,
    RecoveryReport? Recovery,
    IReadOnlyList<GroupChange> Groups,
    IReadOnlyList<string> Notes,
    IReadOnlyList<WarningReport> Warnings) : Report(Command, Model)
{
    /// <summary>The report of a plan; nothing has been written or verified.</summary>
    public static PruneReport Of(string command, ModelAnalysis analysis, PruningPlan plan) => new(
        command,
        analysis.Source.Path!,
        null,
        null,
        plan.Options,
        Measures.Of(plan.Totals.Before, FileSize.Of(analysis.Source)),
        Measures.Of(plan.Totals.After, null),
        null,
        plan.Options.Calibration,
        null,
        [.. plan.Groups.Select(g => new GroupChange(g.Id, g.Kind, g.Size, g.KeptCount, g.Exact))],
        plan.Notes ?? [],
        WarningReport.Of(analysis));
}

/// <summary>The figures of one model.</summary>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">Elements of the float weights.</param>
/// <param name="WeightBytes">Bytes of the float weights.</param>
/// <param name="Channels">Channels of all groups.</param>
/// <param name="FileBytes">Bytes on disk, external data included; null where there is no file.</param>
/// <param name="Accuracy">Accuracy on the data given; null without data.</param>
internal sealed record Measures(long Macs, long Parameters, long WeightBytes, long Channels, long? FileBytes, Accuracy? Accuracy)
{
    /// <summary>The figures of a plan's totals.</summary>
    public static Measures Of(PlanCost cost, long? fileBytes, Accuracy? accuracy = null) =>
        new(cost.Macs, cost.Parameters, cost.Bytes, cost.Channels, fileBytes, accuracy);
}

/// <summary>What became of one group.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Kind">What its channels are; null in plans that do not say.</param>
/// <param name="Size">Channels before.</param>
/// <param name="Kept">Channels after.</param>
/// <param name="Exact">True when removing equals zeroing.</param>
internal sealed record GroupChange(string Id, string? Kind, int Size, int Kept, bool Exact);
