using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Computes arithmetic on constants, as frozen normalizations and weight norms leave it in a graph: the analysis then sees the weight that a layer
/// has, and not a divisor that is zero where its channel is. Arithmetic stays in the graph where the file would grow by folding: quantised weights
/// stay integers, small tensors are not expanded, and a tensor that other nodes read stays shared. Nodes that only move elements are folded with the
/// arithmetic that needs them, and stay otherwise.
/// </summary>
internal static class ConstantFolding
{
    private const long FirstOpsetWithBroadcasting = 7;

    public static void Apply(ModelProto model)
    {
        long opset = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (opset < FirstOpsetWithBroadcasting) return;
        var graph = model.Graph;
        var weights = graph.Initializer.Where(t => Tensors.IsFloat(t) && Tensors.Count(t) > 1).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var regions = ConstantRegions.Of(graph, Candidates(graph)).Where(r => Computes(r, weights)).ToList();
        if (regions.Count == 0) return;
        var fold = new FoldedRegions(graph);
        foreach (var region in regions) fold.Add(region);
        fold.Replace();
    }

    // From a weight. What integers and scalars give are sizes and scales, which the analysis evaluates itself.
    private static bool Computes(IReadOnlyList<NodeProto> region, HashSet<string> weights) =>
        region.Any(n => ConstantArithmetic.Has(n.OpType)) && region.Any(n => n.Input.Any(weights.Contains));

    // In the order of the file. Where that is not the order of computation, what comes too late stays a node.
    private static List<NodeProto> Candidates(GraphProto graph)
    {
        var constant = graph.Initializer.Select(t => t.Name).Except(graph.Input.Select(i => i.Name)).ToHashSet(StringComparer.Ordinal);
        var outputs = graph.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var found = new List<NodeProto>();
        foreach (var node in graph.Node.Where(IsFoldable))
        {
            if (!node.Input.All(name => name.Length == 0 || constant.Contains(name)) || node.Output.Any(o => o.Length == 0 || outputs.Contains(o))) continue;
            constant.UnionWith(node.Output);
            found.Add(node);
        }
        return found;
    }

    private static bool IsFoldable(NodeProto node) =>
        node.Domain is "" or "ai.onnx" && node.Input.Count > 0 && (ConstantArithmetic.Has(node.OpType) || ConstantMovement.Has(node.OpType));
}
