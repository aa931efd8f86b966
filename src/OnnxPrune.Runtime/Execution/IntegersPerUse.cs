using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Execution;

/// <summary>
/// Gives every reader of an int8 initializer its own copy. Where ONNX Runtime avoids saturation, it rewrites the weights and zero points of
/// each node under a new name, and fails on those that two nodes share.
/// </summary>
internal static class IntegersPerUse
{
    public static OnnxModel Of(OnnxModel model)
    {
        var graph = model.Proto.Graph;
        var integers = graph.Initializer
            .Where(t => Tensors.TypeOf(t) == ElementType.Int8)
            .ToDictionary(t => t.Name, StringComparer.Ordinal);
        var shared = graph.Node
            .SelectMany(n => n.Input)
            .Where(integers.ContainsKey)
            .GroupBy(name => name)
            .Where(uses => uses.Count() > 1)
            .Select(uses => uses.Key)
            .ToHashSet();
        if (shared.Count == 0) return model;
        var proto = model.Proto.Clone();
        foreach (var node in proto.Graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (!shared.Contains(node.Input[i])) continue;
                var copy = integers[node.Input[i]].Clone();
                copy.Name = $"{copy.Name}/{node.Output[0]}/{i}";
                proto.Graph.Initializer.Add(copy);
                node.Input[i] = copy.Name;
            }
        }
        return model with { Proto = proto };
    }
}
