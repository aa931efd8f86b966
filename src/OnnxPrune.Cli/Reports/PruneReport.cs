using System.Text.Json.Serialization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Benchmarking;
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
/// <param name="Latency">The latency of the original and the pruned model, side by side; null where it was not measured.</param>
/// <param name="Layers">Every node that has MACs or weights, in the graph's order.</param>
/// <param name="Groups">Every group, in the plan's order.</param>
/// <param name="Pinned">What cannot be pruned, largest first.</param>
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
    LatencyComparison? Latency,
    IReadOnlyList<LayerChange> Layers,
    IReadOnlyList<GroupChange> Groups,
    IReadOnlyList<PinnedReport> Pinned,
    IReadOnlyList<string> Notes,
    IReadOnlyList<WarningReport> Warnings) : ModelReport(Command, Model)
{
    /// <summary>The plan itself.</summary>
    [JsonIgnore]
    public string? PlanText { get; init; }

    /// <summary>The report of a plan; nothing has been written or verified.</summary>
    /// <param name="command">The command.</param>
    /// <param name="analysis">The original.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="curves">The curves that the plan was made from; none where it was made elsewhere.</param>
    public static PruneReport Of(string command, ModelAnalysis analysis, PruningPlan plan, IReadOnlyList<GroupCurve> curves) => new(
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
        null,
        LayerChange.Of(analysis, plan),
        GroupChange.Of(plan, curves),
        PinnedReport.Of(Coverage.Of(analysis, g => g.IsExact)),
        plan.Notes ?? [],
        WarningReport.Of(analysis)) { PlanText = PlanFile.ToJson(plan) };

    /// <inheritdoc/>
    public override Document ToDocument() => PruneDocument.Of(this);
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
