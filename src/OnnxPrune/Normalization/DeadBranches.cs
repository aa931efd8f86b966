using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Removes the nodes and initializers that no output of the graph needs, in the graph and in the bodies of its nodes. They are not written, so they
/// count neither before nor after a cut.
/// </summary>
internal static class DeadBranches
{
    private const int MostNames = 3;

    public static void Apply(ModelProto model, ICollection<Diagnostic> notes)
    {
        var unread = new List<TensorProto>();
        if (!IsDefined(model.Graph)) return;
        int nodes = Remove(model.Graph, unread);
        var weights = unread.Where(t => Tensors.Count(t) > 1 && IsWeight(t)).ToList();
        if (weights.Count == 0) return;
        string names = string.Join(", ", weights.Take(MostNames).Select(t => t.Name));
        string more = weights.Count > MostNames ? $" and {weights.Count - MostNames} more" : "";
        string with = nodes switch { 0 => "", 1 => "1 node and ", _ => $"{nodes} nodes and " };
        string dropped = $"{with}{weights.Sum(Tensors.Count)} parameters";
        notes.Add(new Diagnostic(
            Severity.Warning, ErrorCodes.UnreadParameters, $"no output of the graph depends on {dropped} ({names}{more}); they are removed and not counted"));
    }

    /// <summary>The names that the outputs of a graph need, directly or through nodes in any order.</summary>
    public static HashSet<string> Needed(GraphProto graph)
    {
        var producers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (var node in graph.Node) foreach (string output in node.Output.Where(o => o.Length > 0)) producers[output] = node;
        var needed = graph.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var pending = new Stack<string>(needed);
        while (pending.TryPop(out string? name))
        {
            if (!producers.TryGetValue(name, out var node)) continue;
            foreach (string read in node.Input.Concat(SubGraphs.Captures(node))) if (read.Length > 0 && needed.Add(read)) pending.Push(read);
        }
        return needed;
    }

    // No runtime runs a graph that reads a name without a producer, even where no output needs it. Readers of the graph refuse it.
    private static bool IsDefined(GraphProto graph)
    {
        var defined = graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name))
            .Concat(graph.SparseInitializer.Select(t => t.Values.Name)).Concat(graph.Node.SelectMany(n => n.Output)).ToHashSet(StringComparer.Ordinal);
        return graph.Node.All(n => n.Input.All(name => name.Length == 0 || defined.Contains(name)));
    }

    // Bodies first: what a dead node of a body reads from the graph around it is not needed, either.
    private static int Remove(GraphProto graph, List<TensorProto> unread)
    {
        int removed = graph.Node.SelectMany(SubGraphs.Of).ToList().Sum(body => Remove(body, unread));
        var needed = Needed(graph);
        var dead = graph.Node.Where(n => !n.Output.Any(needed.Contains)).ToList();
        var defaults = graph.Input.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var tensors = graph.Initializer.Where(t => !needed.Contains(t.Name) && !defaults.Contains(t.Name)).ToList();
        var names = dead.SelectMany(n => n.Output).Concat(tensors.Select(t => t.Name)).ToHashSet(StringComparer.Ordinal);
        RepeatedItems.Keep(graph.Node, n => n.Output.Any(needed.Contains));
        RepeatedItems.Keep(graph.Initializer, t => needed.Contains(t.Name) || defaults.Contains(t.Name));
        RepeatedItems.Keep(graph.SparseInitializer, t => needed.Contains(t.Values.Name));
        RepeatedItems.Keep(graph.ValueInfo, v => !names.Contains(v.Name));
        unread.AddRange(tensors);
        return removed + dead.Count;
    }

    private static bool IsWeight(TensorProto tensor) =>
        Tensors.IsFloat(tensor) || (ElementTypes.Bits(Tensors.TypeOf(tensor)) is > 0 and <= 8 && Tensors.TypeOf(tensor) != ElementType.Bool);
}
