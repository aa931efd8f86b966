namespace OnnxPrune.Cli.Reports;

/// <summary>The listings of <c>macs</c>: only the total, nodes, or operators.</summary>
/// <param name="Names">The columns before the figures.</param>
/// <param name="Rows">The rows.</param>
internal sealed record MacsListing(string[] Names, Func<MacsReport, IEnumerable<MacsRow>> Rows)
{
    /// <summary>Only the total.</summary>
    public static readonly MacsListing Total = new([""], _ => []);

    /// <summary>One row per node.</summary>
    public static readonly MacsListing Nodes = new(
        ["node", "operator", "output"], report => report.Nodes.Select(node => new MacsRow([node.Name, node.Operator, node.Output], node.Cost)));

    /// <summary>One row per operator.</summary>
    public static readonly MacsListing Operators = new(
        ["operator", " nodes"], report => report.Operators.Select(op => new MacsRow([op.Operator, Figures.Whole(op.Nodes)], op.Cost)));
}

/// <summary>A row of a listing.</summary>
/// <param name="Names">The cells before the figures.</param>
/// <param name="Cost">The figures.</param>
internal sealed record MacsRow(string[] Names, CountedCost Cost);
