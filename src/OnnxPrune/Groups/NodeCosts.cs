using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>
/// What each node of a model costs: its MACs, and the weights that it is the first to read. The sum over the nodes is the cost of the model.
/// </summary>
internal sealed class NodeCosts
{
    private readonly Cost[] costs;

    private NodeCosts(int nodes) => costs = new Cost[nodes];

    /// <summary>The cost of a node.</summary>
    public Cost this[Node node] => costs[node.Index];

    /// <summary>Shares out the cost of a model.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="kept">How many indices of each variable stay; null for all.</param>
    public static NodeCosts Of(ModelAnalysis analysis, Func<Term, long?>? kept = null)
    {
        var sizes = new KeptSizes(analysis.Layouts.Unifier.Substitution, kept ?? (_ => null));
        var result = new NodeCosts(analysis.Graph.Nodes.Count);
        foreach (var summand in analysis.Cost.Summands)
        {
            ref var cost = ref result.costs[summand.Node.Index];
            cost = CostModel.Plus(cost, summand.At(sizes), 1);
        }
        return result;
    }
}
