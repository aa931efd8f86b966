using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>Removes Identity nodes by reading what they read, except where their own name is needed: graph outputs and sub-graphs.</summary>
internal static class IdentityRemoval
{
    public static void Apply(ModelProto model)
    {
        var graph = model.Graph;
        var needed = graph.Output.Select(o => o.Name).Concat(graph.Node.SelectMany(SubGraphs.Captures)).ToHashSet(StringComparer.Ordinal);
        var original = graph.Node.Where(n => IsIdentity(n) && !needed.Contains(n.Output[0]))
            .ToDictionary(n => n.Output[0], n => n.Input[0], StringComparer.Ordinal);
        if (original.Count == 0) return;
        var kept = graph.Node.Where(n => !(n.Output.Count == 1 && original.ContainsKey(n.Output[0]))).ToList();
        graph.Node.Clear();
        graph.Node.AddRange(kept);
        foreach (var node in kept)
        {
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = Source(node.Input[i], original);
        }
    }

    private static bool IsIdentity(NodeProto node) => node.OpType == "Identity" && node.Domain is ("" or "ai.onnx")
        && node.Input.Count == 1 && node.Output.Count == 1 && node.Input[0].Length > 0;

    private static string Source(string name, Dictionary<string, string> original)
    {
        for (int steps = 0; original.TryGetValue(name, out string? next) && steps <= original.Count; steps++) name = next;
        return name;
    }
}
