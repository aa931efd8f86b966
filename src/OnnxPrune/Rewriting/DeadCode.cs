using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Rewriting;

/// <summary>Removes nodes that no graph output needs any more, and initializers and value infos that no node reads.</summary>
internal static class DeadCode
{
    public static void Remove(GraphProto graph)
    {
        var live = graph.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var kept = new List<NodeProto>(graph.Node.Count);
        foreach (var node in graph.Node.Reverse())
        {
            if (!node.Output.Any(live.Contains)) continue;
            live.UnionWith(node.Input);
            live.UnionWith(SubGraphs.Captures(node));
            kept.Add(node);
        }
        kept.Reverse();
        Replace(graph.Node, kept);
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
