using System.Globalization;
using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Gives every reader of a ConstantOfShape its own copy of the node: initial states of several layers are often slices of one
/// tensor of zeros, and have nothing else in common.
/// </summary>
internal static class ConstantOfShapePerUse
{
    public static void Apply(ModelProto model)
    {
        var graph = model.Graph;
        var needed = graph.Output.Select(o => o.Name).Concat(graph.Node.SelectMany(SubGraphs.Captures)).ToHashSet(StringComparer.Ordinal);
        var sources = graph.Node.Where(n => n.OpType == "ConstantOfShape" && n.Domain is ("" or "ai.onnx") && n.Output is [{ Length: > 0 }])
            .ToDictionary(n => n.Output[0], StringComparer.Ordinal);
        if (sources.Count == 0) return;
        var names = graph.Node.SelectMany(n => n.Output).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(needed, StringComparer.Ordinal);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        foreach (var node in nodes)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (!sources.TryGetValue(node.Input[i], out var source) || used.Add(node.Input[i])) continue;
                var copy = Copy(source, names);
                graph.Node.Add(copy);
                node.Input[i] = copy.Output[0];
            }
            graph.Node.Add(node);
        }
    }

    private static NodeProto Copy(NodeProto source, HashSet<string> names)
    {
        var copy = source.Clone();
        int use = 2;
        while (!names.Add(Name(source.Output[0], use))) use++;
        copy.Output[0] = Name(source.Output[0], use);
        if (copy.Name.Length > 0) copy.Name = Name(copy.Name, use);
        return copy;
    }

    private static string Name(string name, int use) => string.Create(CultureInfo.InvariantCulture, $"{name}_use{use}");
}
