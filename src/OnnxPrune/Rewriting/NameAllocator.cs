using System.Globalization;
using Onnx;

namespace OnnxPrune.Rewriting;

/// <summary>Names that a graph does not use yet.</summary>
internal sealed class NameAllocator
{
    private readonly HashSet<string> used;

    public NameAllocator(GraphProto graph) => used = graph.Node.SelectMany(n => n.Input.Concat(n.Output).Append(n.Name))
        .Concat(graph.Initializer.Select(t => t.Name)).Concat(graph.Input.Select(i => i.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary><paramref name="wanted"/>, with a number behind it if it is taken.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        for (int number = 2; !used.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        return name;
    }
}
