using System.Text.Json.Serialization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Reports;

/// <summary>What <c>inspect</c> reports.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Model">The model.</param>
/// <param name="Opsets">The operator sets that it imports.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Nodes">Nodes of the normalized graph.</param>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">Elements of the float weights.</param>
/// <param name="WeightBytes">Bytes of the float weights.</param>
/// <param name="FileBytes">Bytes on disk, external data included.</param>
/// <param name="Coverage">How much of the model lies in prunable groups.</param>
/// <param name="Layers">The nodes, in topological order.</param>
/// <param name="Groups">The groups of coupled channels, in the order in which the graph uses their weights.</param>
/// <param name="Pinned">What cannot be pruned, largest first.</param>
/// <param name="Warnings">What was left alone, and why.</param>
internal sealed record InspectReport(
    string Command,
    string Model,
    IReadOnlyList<OpsetReport> Opsets,
    IReadOnlyList<ValueReport> Inputs,
    IReadOnlyList<ValueReport> Outputs,
    int Nodes,
    long Macs,
    long Parameters,
    long WeightBytes,
    long FileBytes,
    CoverageReport Coverage,
    IReadOnlyList<LayerReport> Layers,
    IReadOnlyList<GroupReport> Groups,
    IReadOnlyList<PinnedReport> Pinned,
    IReadOnlyList<WarningReport> Warnings) : ModelReport(Command, Model)
{
    /// <summary>The node graph with its groups; null where it is not to be drawn.</summary>
    [JsonIgnore]
    public Block.Graph? Drawing { get; init; }

    /// <inheritdoc/>
    public override Document ToDocument() => InspectDocument.Of(this);
}

/// <summary>An operator set.</summary>
/// <param name="Domain">Its domain, <c>ai.onnx</c> for the standard one.</param>
/// <param name="Version">Its version.</param>
internal sealed record OpsetReport(string Domain, long Version);

/// <summary>An input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its sizes, names for symbolic ones; null where the model does not say.</param>
internal sealed record ValueReport(string Name, string Type, IReadOnlyList<string>? Shape);

/// <summary>How much of a model lies in prunable groups.</summary>
/// <param name="Exact">In groups that can be pruned exactly.</param>
/// <param name="WithApproximate">In these and the approximate ones.</param>
internal sealed record CoverageReport(CoverageShare Exact, CoverageShare WithApproximate);

/// <summary>Shares from 0 to 1.</summary>
/// <param name="Macs">Of the multiply-accumulate operations.</param>
/// <param name="Parameters">Of the parameters.</param>
internal sealed record CoverageShare(double Macs, double Parameters);

/// <summary>A group of coupled channels.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Kind">What its channels are: <c>channels</c>, <c>heads</c>, <c>head-size</c>, <c>conv-groups</c> or <c>in-group</c>.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Exact">True when removing equals zeroing.</param>
/// <param name="ApproximateBecause">The operator that mixes the channels; null where the group is exact.</param>
/// <param name="MacsShare">Share of the MACs that shrink with it, 0 to 1.</param>
/// <param name="ParametersShare">Share of the parameters that shrink with it, 0 to 1.</param>
/// <param name="Macs">MACs that shrink with it.</param>
/// <param name="Parameters">Parameters that shrink with it.</param>
/// <param name="Slices">The weight axes it occurs on, as <c>conv1.weight[0]</c>.</param>
internal sealed record GroupReport(
    string Id,
    string Kind,
    int Channels,
    bool Exact,
    string? ApproximateBecause,
    double MacsShare,
    double ParametersShare,
    long Macs,
    long Parameters,
    IReadOnlyList<string> Slices);

/// <summary>Weight axes that one reason pins.</summary>
/// <param name="Axes">The axes, as <c>conv1.weight[1]</c>.</param>
/// <param name="Parameters">Elements of the weights that have these axes.</param>
/// <param name="Macs">MACs of the nodes that read these weights.</param>
/// <param name="Operator">The operator that pins them.</param>
/// <param name="Node">The node; empty where it is the graph.</param>
/// <param name="Reason">Why.</param>
internal sealed record PinnedReport(IReadOnlyList<string> Axes, long Parameters, long Macs, string Operator, string Node, string Reason)
{
    /// <summary>What a coverage found pinned.</summary>
    public static IReadOnlyList<PinnedReport> Of(Coverage coverage) =>
        [.. coverage.Pinned.Select(p => new PinnedReport(p.Axes, p.Parameters, p.Macs, p.Reason.Operator, p.Reason.Node, p.Reason.Why))];
}
