using System.Text.Json.Serialization;
using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>inspect</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The model.</param>
/// <param name="Opsets">The imported operator sets.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Nodes">The number of nodes in the normalized graph.</param>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">The number of elements of the weights.</param>
/// <param name="WeightBytes">The size of the weights in bytes.</param>
/// <param name="FileBytes">The size on disk in bytes, including external data.</param>
/// <param name="Coverage">The share of the model in prunable groups.</param>
/// <param name="Layers">The nodes, in topological order.</param>
/// <param name="Groups">The groups of coupled channels, in the order in which the graph uses their weights.</param>
/// <param name="Pinned">The pinned weight axes, largest first.</param>
/// <param name="Warnings">The warnings of the analysis.</param>
/// <param name="NotCounted">The nodes whose MACs the totals do not contain in full; the totals are lower bounds if there are any.</param>
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
    IReadOnlyList<WarningReport> Warnings,
    IReadOnlyList<UncountedReport> NotCounted) : ModelReport(Command, Model)
{
    /// <summary>The drawing of the node graph; null if there is none.</summary>
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
/// <param name="Shape">Its sizes, with names for symbolic dimensions; null if the model does not declare them.</param>
internal sealed record ValueReport(string Name, string Type, IReadOnlyList<string>? Shape);

/// <summary>The share of a model in prunable groups.</summary>
/// <param name="Exact">The share in exact groups.</param>
/// <param name="WithApproximate">The share in exact and approximate groups.</param>
internal sealed record CoverageReport(CoverageShare Exact, CoverageShare WithApproximate);

/// <summary>Shares from 0 to 1.</summary>
/// <param name="Macs">The share of the multiply-accumulate operations.</param>
/// <param name="Parameters">The share of the parameters.</param>
internal sealed record CoverageShare(double Macs, double Parameters);

/// <summary>A group of coupled channels.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Kind">The kind of its channels: <c>channels</c>, <c>heads</c>, <c>head-size</c>, <c>conv-groups</c> or <c>in-group</c>.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Exact">True if removing channels is equivalent to zeroing them.</param>
/// <param name="ApproximateBecause">The operator that mixes the channels; null if the group is exact.</param>
/// <param name="MacsShare">The share of the MACs that shrink with the group, 0 to 1.</param>
/// <param name="ParametersShare">The share of the parameters that shrink with the group, 0 to 1.</param>
/// <param name="Macs">The MACs that shrink with the group.</param>
/// <param name="Parameters">The parameters that shrink with the group.</param>
/// <param name="Slices">The weight axes of the group, as <c>conv1.weight[0]</c>.</param>
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

/// <summary>The weight axes that one reason pins.</summary>
/// <param name="Axes">The axes, as <c>conv1.weight[1]</c>.</param>
/// <param name="Parameters">The number of elements of the weights with these axes.</param>
/// <param name="Macs">The MACs of the nodes that read these weights.</param>
/// <param name="Operator">The operator that pins the axes.</param>
/// <param name="Node">The node; empty for the graph.</param>
/// <param name="Reason">The reason.</param>
internal sealed record PinnedReport(IReadOnlyList<string> Axes, long Parameters, long Macs, string Operator, string Node, string Reason)
{
    /// <summary>The pinned axes of a coverage.</summary>
    public static IReadOnlyList<PinnedReport> Of(Coverage coverage) =>
        [.. coverage.Pinned.Select(p => new PinnedReport(p.Axes, p.Parameters, p.Macs, p.Reason.Operator, p.Reason.Node, p.Reason.Why))];
}
