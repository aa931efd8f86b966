using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Reports;

/// <summary>A node whose MACs the totals do not contain, or not in full.</summary>
/// <param name="Node">The node; a node in a sub-graph follows the node that runs it.</param>
/// <param name="Reason">The reason.</param>
internal sealed record UncountedReport(string Node, string Reason)
{
    private const int Shown = 3;

    /// <summary>The nodes of an analysis.</summary>
    public static IReadOnlyList<UncountedReport> Of(ModelAnalysis analysis) => [.. analysis.Uncounted.Select(u => new UncountedReport(u.Node, u.Why))];

    /// <summary>A total of MACs in words: <c>at least 75.8 K</c> if it is not complete.</summary>
    public static string Total(string macs, IReadOnlyList<UncountedReport> uncounted) => uncounted.Count == 0 ? macs : $"at least {macs}";

    /// <summary>The nodes in one line; null if the totals are complete.</summary>
    public static string? Line(IReadOnlyList<UncountedReport> uncounted)
    {
        if (uncounted.Count == 0) return null;
        string more = uncounted.Count > Shown ? $" and {uncounted.Count - Shown} more" : "";
        return $"MACs are not counted in full at {string.Join(", ", uncounted.Take(Shown).Select(u => $"{u.Node} ({u.Reason})"))}{more}";
    }

    /// <summary>The section of a document; it has no blocks if the totals are complete.</summary>
    public static Section SectionOf(IReadOnlyList<UncountedReport> uncounted) => new(
        "Not counted",
        uncounted.Count == 0 ? [] : [new Block.Bullets([.. uncounted.Select(u => $"{u.Node}: {u.Reason}")])],
        uncounted.Count);
}
