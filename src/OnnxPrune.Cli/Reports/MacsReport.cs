using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Reports;

/// <summary>What <c>macs</c> reports.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Model">The model.</param>
/// <param name="Other">The model that it is compared with; null for none.</param>
/// <param name="Dimensions">The sizes of the symbolic dimensions at which MACs are counted.</param>
/// <param name="Total">The whole model.</param>
/// <param name="Operators">Operators by name, in the order of their first node.</param>
/// <param name="Nodes">Nodes in topological order; those that only the other model has come last.</param>
/// <param name="Warnings">What could not be counted, and why.</param>
internal sealed record MacsReport(
    string Command,
    string Model,
    string? Other,
    IReadOnlyDictionary<string, long> Dimensions,
    CountedCost Total,
    IReadOnlyList<OperatorCost> Operators,
    IReadOnlyList<NodeCost> Nodes,
    IReadOnlyList<WarningReport> Warnings) : ModelReport(Command, Model)
{
    /// <inheritdoc/>
    public override Document ToDocument() => MacsDocument.Of(this);
}

/// <summary>Figures of one thing, and those of its counterpart in the other model.</summary>
/// <param name="Macs">Multiply-accumulate operations; null where only the other model has it.</param>
/// <param name="Parameters">Elements of the weights, likewise.</param>
/// <param name="OtherMacs">The same in the other model; null where there is none.</param>
/// <param name="OtherParameters">The same in the other model.</param>
internal sealed record CountedCost(long? Macs, long? Parameters, long? OtherMacs, long? OtherParameters)
{
    /// <summary>The larger number of MACs, to sort by.</summary>
    public long MostMacs() => Math.Max(Macs ?? 0, OtherMacs ?? 0);

    /// <summary>The larger number of parameters, to sort by.</summary>
    public long MostParameters() => Math.Max(Parameters ?? 0, OtherParameters ?? 0);

    /// <summary>The figures of a sum and of its counterpart.</summary>
    public static CountedCost Of(Cost? own, Cost? other) =>
        new((long?)own?.Macs, (long?)own?.Parameters, (long?)other?.Macs, (long?)other?.Parameters);
}

/// <summary>All nodes of one operator.</summary>
/// <param name="Operator">The operator, behind its domain where that is not ai.onnx.</param>
/// <param name="Nodes">How many nodes it has in the model.</param>
/// <param name="Cost">Their figures.</param>
internal sealed record OperatorCost(string Operator, int Nodes, CountedCost Cost);

/// <summary>One node.</summary>
/// <param name="Name">Its name; that of its first output where it has none.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Output">The shape of its first output, as <c>1x64x56x56</c>.</param>
/// <param name="Cost">Its figures.</param>
internal sealed record NodeCost(string Name, string Operator, string Output, CountedCost Cost);
