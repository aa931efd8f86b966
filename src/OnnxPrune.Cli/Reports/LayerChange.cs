using OnnxPrune.Groups;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>What one node costs before and after; a weight counts for the first node that reads it.</summary>
/// <param name="Node">The node's name, or its first output where it has none.</param>
/// <param name="Op">Its operator.</param>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">Elements of its weights.</param>
internal sealed record LayerChange(string Node, string Op, CountChange Macs, CountChange Parameters)
{
    /// <summary>The nodes that have MACs or weights, in the graph's order.</summary>
    public static IReadOnlyList<LayerChange> Of(Cut cut)
    {
        var (whole, left) = (NodeCosts.Of(cut.Analysis), NodeCosts.Of(cut.Analysis, cut.KeptOf));
        return [.. cut.Analysis.Graph.Nodes.Where(n => whole[n] != default).Select(n => Describe(n, whole[n], left[n]))];
    }

    private static LayerChange Describe(Node node, Cost before, Cost after) => new(
        LayerReport.NameOf(node),
        node.OpType,
        new CountChange((long)before.Macs, (long)after.Macs),
        new CountChange((long)before.Parameters, (long)after.Parameters));
}

/// <summary>A count before and after.</summary>
/// <param name="Before">Of the original.</param>
/// <param name="After">Of the pruned model.</param>
internal sealed record CountChange(long Before, long After)
{
    /// <summary>What remains, 0 to 1; 1 where there was nothing.</summary>
    public double Remaining() => Before == 0 ? 1 : (double)After / Before;
}
