using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Reports;

/// <summary>The report of <c>macs</c>.</summary>
/// <param name="Command">The command that made the report.</param>
/// <param name="Model">The model.</param>
/// <param name="Other">The second model; null if there is none.</param>
/// <param name="Dimensions">The sizes of the symbolic dimensions at which MACs are counted.</param>
/// <param name="Total">The total of the model.</param>
/// <param name="Operators">The operators, in the order of their first node.</param>
/// <param name="Nodes">The nodes in topological order, followed by those of only the second model.</param>
/// <param name="Warnings">The operators that could not be counted, with reasons.</param>
/// <param name="NotCounted">The nodes whose MACs the totals do not contain in full; the totals are lower bounds if there are any.</param>
internal sealed record MacsReport(
    string Command,
    string Model,
    string? Other,
    IReadOnlyDictionary<string, long> Dimensions,
    CountedCost Total,
    IReadOnlyList<OperatorCost> Operators,
    IReadOnlyList<NodeCost> Nodes,
    IReadOnlyList<WarningReport> Warnings,
    IReadOnlyList<UncountedReport> NotCounted) : ModelReport(Command, Model)
{
    /// <inheritdoc/>
    public override Document ToDocument() => MacsDocument.Of(this);
}

/// <summary>The figures of a node, an operator or a model, with those of its counterpart in the second model.</summary>
/// <param name="Macs">Multiply-accumulate operations; null if only the second model contains the item.</param>
/// <param name="Parameters">The number of elements of the weights; null in the same case.</param>
/// <param name="OtherMacs">The MACs in the second model; null if it does not contain the item.</param>
/// <param name="OtherParameters">The parameters in the second model; null in the same case.</param>
internal sealed record CountedCost(long? Macs, long? Parameters, long? OtherMacs, long? OtherParameters)
{
    /// <summary>The larger number of MACs, used for sorting.</summary>
    public long MostMacs() => Math.Max(Macs ?? 0, OtherMacs ?? 0);

    /// <summary>The larger number of parameters, used for sorting.</summary>
    public long MostParameters() => Math.Max(Parameters ?? 0, OtherParameters ?? 0);

    /// <summary>The figures of a sum and of its counterpart.</summary>
    public static CountedCost Of(Cost? own, Cost? other) =>
        new((long?)own?.Macs, (long?)own?.Parameters, (long?)other?.Macs, (long?)other?.Parameters);
}

/// <summary>All nodes of one operator.</summary>
/// <param name="Operator">The operator, prefixed with its domain unless that is ai.onnx.</param>
/// <param name="Nodes">The number of its nodes in the model.</param>
/// <param name="Cost">Their figures.</param>
internal sealed record OperatorCost(string Operator, int Nodes, CountedCost Cost);

/// <summary>One node.</summary>
/// <param name="Name">The node's name, or the name of its first output if it has none.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Output">The shape of its first output, as <c>1x64x56x56</c>.</param>
/// <param name="Cost">Its figures.</param>
internal sealed record NodeCost(string Name, string Operator, string Output, CountedCost Cost);
