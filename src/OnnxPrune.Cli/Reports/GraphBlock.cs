using OnnxPrune.Cli.Reports.Documents;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes the drawing of the node graph with its groups.</summary>
internal static class GraphBlock
{
    private const int MostNodes = 1500;

    /// <summary>The drawing of a model's graph; null if the graph is too large to draw.</summary>
    public static Block.Graph? Of(ModelAnalysis analysis)
    {
        if (analysis.Graph.Nodes.Count > MostNodes) return null;
        var positions = PositionsOf(analysis);
        var nodes = analysis.Graph.Nodes.Select(n => (n.OpType, n.Proto.Name, GroupsOf(analysis, n, positions).Cast<int?>().FirstOrDefault()));
        var edges = analysis.Graph.Nodes.SelectMany(n => n.Reads.Where(v => v.Producer is not null), (n, v) => (v.Producer!.Index, n.Index));
        const string Label = "Nodes in topological order, coloured by the group of their output channels";
        return new Block.Graph(Label, [.. nodes], [.. edges.Distinct().Order()]);
    }

    /// <summary>The position of every group by its variable.</summary>
    public static Dictionary<Term, int> PositionsOf(ModelAnalysis analysis) =>
        analysis.Groups.Select((group, i) => (group.Variable, i)).ToDictionary(p => p.Variable, p => p.i);

    /// <summary>The groups of a node's output channels.</summary>
    public static IEnumerable<int> GroupsOf(ModelAnalysis analysis, Node node, IReadOnlyDictionary<Term, int> positions) =>
        node.Outputs.OfType<Value>().SelectMany(value => analysis.Layouts.LayoutOf(value) ?? [])
        .SelectMany(analysis.Layouts.Unifier.Substitution.Leaves)
        .Where(positions.ContainsKey)
        .Select(leaf => positions[leaf])
        .Distinct();
}
