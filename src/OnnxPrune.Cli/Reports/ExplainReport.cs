using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>inspect --explain</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The model.</param>
/// <param name="Subject">The name to explain.</param>
/// <param name="Axes">The axes of that name; empty for a group.</param>
/// <param name="Groups">The group of that name, or the groups of the axes.</param>
internal sealed record ExplainReport(
    string Command, string Model, string Subject, IReadOnlyList<AxisExplanation> Axes, IReadOnlyList<GroupExplanation> Groups)
    : ModelReport(Command, Model)
{
    /// <inheritdoc/>
    public override Document ToDocument() => ExplainDocument.Of(this);
}

/// <summary>The explanation of an axis.</summary>
/// <param name="Axis">The axis, as <c>conv1.weight[0]</c>.</param>
/// <param name="Layout">The layout: group ids, sizes of fixed parts, <c>*</c> for products, <c>+</c> for concatenations.</param>
/// <param name="Groups">The ids of the groups on the axis.</param>
/// <param name="Pins">The reasons that pin the axis or parts of it.</param>
internal sealed record AxisExplanation(string Axis, string Layout, IReadOnlyList<string> Groups, IReadOnlyList<PinExplanation> Pins);

/// <summary>A reason that pins an axis, with the path to its origin.</summary>
/// <param name="Operator">The operator that pins the axis, or <c>graph</c>.</param>
/// <param name="Node">The node; empty for the graph.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Path">The path from the axis to a value of that node.</param>
internal sealed record PinExplanation(string Operator, string Node, string Reason, IReadOnlyList<HopReport> Path)
{
    /// <summary>The node and the reason, as in messages.</summary>
    public string Text() => Node.Length > 0 ? $"{Node}: {Reason}" : Reason;
}

/// <summary>The explanation of a group.</summary>
/// <param name="Id">The stable name.</param>
/// <param name="Kind">The kind of its channels.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="ApproximateBecause">The operator that mixes the channels; null if the group is exact.</param>
/// <param name="Weights">The weight axes that the group occurs on.</param>
/// <param name="Places">All axes that the group occurs on, by distance from its first weight axis.</param>
internal sealed record GroupExplanation(
    string Id, string Kind, int Channels, string? ApproximateBecause, IReadOnlyList<string> Weights, IReadOnlyList<HopReport> Places)
{
    /// <summary>Whether the group is exact, as in messages.</summary>
    public string Exactness() => ApproximateBecause is { } why ? $"approximate because of {why}" : "exact";
}

/// <summary>One step of a path between axes.</summary>
/// <param name="Through">The node that couples the axis with the previous one; null at the start.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Layout">The layout of the axis.</param>
/// <param name="From">The position of the previous axis in this list; -1 at the start.</param>
internal sealed record HopReport(string? Through, string Axis, string Layout, int From);
