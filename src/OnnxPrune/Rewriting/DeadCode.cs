using Onnx;
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
        var kept = graph.Node.Where(n => n.Output.Any(live.Contains)).ToList();
        Replace(graph.Node, kept);
        live.UnionWith(graph.Input.Select(i => i.Name));
        Replace(graph.Initializer, graph.Initializer.Where(t => live.Contains(t.Name)).ToList());
        var defined = kept.SelectMany(n => n.Output).ToHashSet(StringComparer.Ordinal);
        Replace(graph.ValueInfo, graph.ValueInfo.Where(v => defined.Contains(v.Name)).ToList());
    }

    private static void Replace<T>(ICollection<T> target, List<T> items)
    {
        target.Clear();
        foreach (var item in items) target.Add(item);
    }
}
