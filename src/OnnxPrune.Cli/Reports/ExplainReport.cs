using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports;

/// <summary>What <c>inspect --explain</c> reports.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Model">The model.</param>
/// <param name="Subject">What was asked about.</param>
/// <param name="Axes">The axes that were asked about.</param>
/// <param name="Groups">The groups that these belong to.</param>
internal sealed record ExplainReport(
    string Command, string Model, string Subject, IReadOnlyList<AxisExplanation> Axes, IReadOnlyList<GroupExplanation> Groups)
    : ModelReport(Command, Model)
{
    /// <inheritdoc/>
    public override Document ToDocument() => ExplainDocument.Of(this);
}

/// <summary>Why an axis is as it is.</summary>
/// <param name="Axis">The axis, as <c>conv1.weight[0]</c>.</param>
/// <param name="Layout">Its layout: ids of groups, numbers for what stays, <c>*</c> for nests, <c>+</c> for parts one after the other.</param>
/// <param name="Groups">Ids of its groups.</param>
/// <param name="Pins">What pins it, or parts of it.</param>
internal sealed record AxisExplanation(string Axis, string Layout, IReadOnlyList<string> Groups, IReadOnlyList<PinExplanation> Pins);

/// <summary>One thing that pins an axis, and how it got there.</summary>
/// <param name="Operator">The operator that pins it, or <c>graph</c>.</param>
/// <param name="Node">The node; empty where it is the graph.</param>
/// <param name="Reason">Why.</param>
/// <param name="Path">From the axis to a value of that node.</param>
internal sealed record PinExplanation(string Operator, string Node, string Reason, IReadOnlyList<HopReport> Path)
{
    /// <summary>Who pins it and why, as messages say it.</summary>
    public string Text() => Node.Length > 0 ? $"{Node}: {Reason}" : Reason;
}

/// <summary>What a group is coupled with.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Kind">What its channels are.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="ApproximateBecause">The operator that mixes the channels; null where the group is exact.</param>
/// <param name="Weights">Weight axes that it occurs on.</param>
/// <param name="Places">Every axis that it occurs on, from its first weight axis outwards.</param>
internal sealed record GroupExplanation(
    string Id, string Kind, int Channels, string? ApproximateBecause, IReadOnlyList<string> Weights, IReadOnlyList<HopReport> Places)
{
    /// <summary>Whether removing its channels is exact, as messages say it.</summary>
    public string Exactness() => ApproximateBecause is { } why ? $"approximate because of {why}" : "exact";
}

/// <summary>One step from axis to axis.</summary>
/// <param name="Through">The node that couples it with the axis before; null at the start.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Layout">Its layout.</param>
/// <param name="From">Position of the axis before in this list; -1 at the start.</param>
internal sealed record HopReport(string? Through, string Axis, string Layout, int From);
