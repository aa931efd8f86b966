using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Normalization;

namespace OnnxPrune.Rewriting;

/// <summary>
/// Removes nodes that no graph output needs any more, and initializers and value infos that no node reads. Default values of graph inputs stay:
/// without them a caller would have to pass the inputs.
/// </summary>
internal static class DeadCode
{
    public static void Remove(GraphProto graph)
    {
        var live = DeadBranches.Needed(graph);
        RepeatedItems.Keep(graph.Node, n => n.Output.Any(live.Contains));
        live.UnionWith(graph.Input.Select(i => i.Name));
        RepeatedItems.Keep(graph.Initializer, t => live.Contains(t.Name));
        var defined = graph.Node.SelectMany(n => n.Output).ToHashSet(StringComparer.Ordinal);
        RepeatedItems.Keep(graph.ValueInfo, v => defined.Contains(v.Name));
    }
}
