using System.Text.Json.Serialization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Evaluation;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>prune</c>, <c>apply</c> and <c>plan</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The original.</param>
/// <param name="Output">The pruned model; null from <c>plan</c>.</param>
/// <param name="Plan">The plan's file; null if it was not saved.</param>
/// <param name="Options">The options that the plan was made with.</param>
/// <param name="Before">The original's figures.</param>
/// <param name="After">The pruned model's figures.</param>
/// <param name="Verification">The verification; null if it was skipped.</param>
/// <param name="Calibration">The data for importance and recovery; null if none were used.</param>
/// <param name="Recovery">The effect of recovery; null without recovery.</param>
/// <param name="OutputChange">The change of the outputs, with recovery; null if the run did not run the model.</param>
/// <param name="Latency">The latency of the original and the pruned model; null if it was not measured.</param>
/// <param name="Layers">All nodes with MACs or weights, in the graph's order.</param>
/// <param name="Groups">All groups, in the plan's order.</param>
/// <param name="Pinned">The pinned weight axes, largest first.</param>
/// <param name="Notes">Deviations from the request, in sentences.</param>
/// <param name="Warnings">The warnings of the analysis.</param>
/// <param name="NotCounted">The nodes whose MACs the totals do not contain in full; the totals are lower bounds if there are any.</param>
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
    OutputChange? OutputChange,
    LatencyComparison? Latency,
    IReadOnlyList<LayerChange> Layers,
    IReadOnlyList<GroupChange> Groups,
    IReadOnlyList<PinnedReport> Pinned,
    IReadOnlyList<string> Notes,
    IReadOnlyList<WarningReport> Warnings,
    IReadOnlyList<UncountedReport> NotCounted) : ModelReport(Command, Model)
{
    /// <summary>The decision; the page offers it as a plan.</summary>
    [JsonIgnore]
    public PruningDecision? Decision { get; init; }

    /// <summary>The report of a plan; nothing has been written or verified.</summary>
    /// <param name="command">The command.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="curves">The curves that the decision was made from; empty if another run made it.</param>
    public static PruneReport Of(string command, PruningDecision decision, IReadOnlyList<GroupCurve> curves) => new(
        command,
        decision.Cut.Analysis.Source.Path!,
        null,
        null,
        decision.Options,
        Measures.Of(decision.Totals.Before, FileSize.Of(decision.Cut.Analysis.Source)),
        Measures.Of(decision.Totals.After, null),
        null,
        decision.Options.Calibration,
        null,
        null,
        null,
        LayerChange.Of(decision.Cut),
        GroupChange.Of(decision, curves),
        PinnedReport.Of(Coverage.Of(decision.Cut.Analysis, g => g.IsExact)),
        [.. decision.Notes, .. DefaultInputs.Notes(decision.Cut)],
        WarningReport.Of(decision.Cut.Analysis),
        UncountedReport.Of(decision.Cut.Analysis))
    { Decision = decision };

    /// <inheritdoc/>
    public override Document ToDocument() => PruneDocument.Of(this);
}

/// <summary>The figures of one model.</summary>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">The number of elements of the weights.</param>
/// <param name="WeightBytes">The size of the weights in bytes.</param>
/// <param name="Channels">The number of channels of all groups.</param>
/// <param name="FileBytes">The size on disk in bytes, including external data; null without a file.</param>
/// <param name="Accuracy">The accuracy on the labelled data; null without data.</param>
internal sealed record Measures(long Macs, long Parameters, long WeightBytes, long Channels, long? FileBytes, Accuracy? Accuracy)
{
    /// <summary>The figures of a plan's totals.</summary>
    public static Measures Of(PlanCost cost, long? fileBytes, Accuracy? accuracy = null) =>
        new(cost.Macs, cost.Parameters, cost.Bytes, cost.Channels, fileBytes, accuracy);
}
