using System.Globalization;
using Onnx;

namespace OnnxPrune.Model;

/// <summary>Names that neither a graph nor a sub-graph within it uses yet.</summary>
internal sealed class NameAllocator
{
    private readonly HashSet<string> used;

    public NameAllocator(GraphProto graph) => used = Names(graph).ToHashSet(StringComparer.Ordinal);

    /// <summary><paramref name="wanted"/>, followed by a number if it is taken.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        for (int number = 2; !used.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        return name;
    }

    // Those of sub-graphs, too: what they define must not hide what the graph around them defines.
    private static IEnumerable<string> Names(GraphProto graph) =>
        SubGraphs.AllNodes(graph.Node).SelectMany(n => n.Input.Concat(n.Output).Append(n.Name))
        .Concat(SubGraphs.Within(graph).SelectMany(g => g.Initializer.Select(t => t.Name).Concat(g.Input.Select(i => i.Name))));
}
