using System.Globalization;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Replaces calls of model-local functions by their bodies, so that what is inside can be pruned. A function that was written for
/// another opset version than the model's stays a call, and is then left alone like any unknown operator.
/// </summary>
internal static class FunctionInlining
{
    private const long MostNodes = 1_000_000;

    public static void Apply(ModelProto model)
    {
        if (model.Functions.Count == 0) return;
        if (model.Functions.GroupBy(Name).FirstOrDefault(g => g.Skip(1).Any()) is { } twice) throw Errors.Malformed($"two functions are called '{twice.Key.Name}'");
        var functions = model.Functions.Where(f => IsInlinable(f, model)).ToDictionary(Name);
        int calls = 0;
        RefuseEndless(model.Graph.Node, functions);
        while (model.Graph.Node.Any(n => functions.ContainsKey(Called(n))))
        {
            var nodes = model.Graph.Node.SelectMany(n => functions.TryGetValue(Called(n), out var f) ? Body(f, n, ++calls) : [n]).ToList();
            model.Graph.Node.Clear();
            model.Graph.Node.AddRange(nodes);
        }
        RemoveUncalled(model);
    }

    // Counts the nodes after inlining before anything is made: a function may not call itself, and ten that double make a thousand.
    private static void RefuseEndless(IEnumerable<NodeProto> nodes, Dictionary<(string, string, string), FunctionProto> functions)
    {
        var counts = new Dictionary<FunctionProto, long?>(ReferenceEqualityComparer.Instance);
        if (Count(nodes) > MostNodes) throw Errors.Malformed($"its functions expand to more than {MostNodes} nodes");

        long Count(IEnumerable<NodeProto> body) =>
            body.Aggregate(0L, (sum, n) => Math.Min(MostNodes + 1, sum + (functions.TryGetValue(Called(n), out var f) ? CountOf(f) : 1)));

        long CountOf(FunctionProto function)
        {
            if (counts.TryGetValue(function, out long? known)) return known ?? throw Errors.Malformed($"the function '{function.Name}' calls itself");
            counts[function] = null;
            return (counts[function] = Count(function.Node)).Value;
        }
    }

    private static (string Domain, string Name, string Overload) Called(NodeProto node) => (node.Domain, node.OpType, node.Overload);

    private static (string Domain, string Name, string Overload) Name(FunctionProto function) => (function.Domain, function.Name, function.Overload);

    private static bool IsInlinable(FunctionProto function, ModelProto model)
    {
        var imports = model.OpsetImport.GroupBy(o => o.Domain).ToDictionary(g => g.Key, g => g.First().Version);
        return function.OpsetImport.All(o => !imports.TryGetValue(o.Domain, out long version) || version == o.Version)
            && function.OpsetImport.All(o => imports.ContainsKey(o.Domain));
    }

    private static IEnumerable<NodeProto> Body(FunctionProto function, NodeProto call, int number)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{call.Output.FirstOrDefault(o => o.Length > 0)}/{function.Name}{number}/");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < function.Input.Count; i++) names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
        for (int i = 0; i < function.Output.Count; i++) if (i < call.Output.Count && call.Output[i].Length > 0) names[function.Output[i]] = call.Output[i];
        foreach (string output in function.Node.SelectMany(n => n.Output).Where(o => o.Length > 0)) names.TryAdd(output, prefix + output);
        var attributes = function.AttributeProto.Concat(call.Attribute).GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.Last());
        return function.Node.Select(n => Instance(n, names, attributes, prefix));
    }

    private static NodeProto Instance(NodeProto node, Dictionary<string, string> names, Dictionary<string, AttributeProto> attributes, string prefix)
    {
        var copy = node.Clone();
        copy.Name = prefix + (node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault());
        Rename(copy.Input, names);
        Rename(copy.Output, names);
        copy.Attribute.Clear();
        copy.Attribute.AddRange(node.Attribute.Select(a => Bound(a, attributes)).OfType<AttributeProto>());
        foreach (var graph in copy.Attribute.SelectMany(a => a.G is null ? a.Graphs : a.Graphs.Prepend(a.G))) RenameInside(graph, names, attributes, prefix);
        return copy;
    }

    // A reference takes the call's value, or the function's default; without either the attribute is left out.
    private static AttributeProto? Bound(AttributeProto attribute, Dictionary<string, AttributeProto> attributes)
    {
        if (attribute.RefAttrName.Length == 0) return attribute.Clone();
        if (!attributes.TryGetValue(attribute.RefAttrName, out var value)) return null;
        var bound = value.Clone();
        bound.Name = attribute.Name;
        return bound;
    }

    private static void RenameInside(GraphProto graph, Dictionary<string, string> names, Dictionary<string, AttributeProto> attributes, string prefix)
    {
        var own = graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name)).Concat(graph.Node.SelectMany(n => n.Output));
        var visible = names.Where(n => !own.Contains(n.Key)).ToDictionary(StringComparer.Ordinal);
        var nodes = graph.Node.Select(n => Instance(n, visible, attributes, prefix)).ToList();
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        foreach (var output in graph.Output) if (visible.TryGetValue(output.Name, out string? name)) output.Name = name;
    }

    private static void Rename(IList<string> list, Dictionary<string, string> names)
    {
        for (int i = 0; i < list.Count; i++) if (names.TryGetValue(list[i], out string? name)) list[i] = name;
    }

    private static void RemoveUncalled(ModelProto model)
    {
        var functions = model.Functions.ToDictionary(Name);
        var called = new HashSet<FunctionProto>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<IEnumerable<NodeProto>>([model.Graph.Node]);
        while (pending.TryPop(out var nodes))
        {
            foreach (var call in SubGraphs.AllNodes(nodes).Select(Called))
                if (functions.TryGetValue(call, out var function) && called.Add(function)) pending.Push(function.Node);
        }
        var kept = model.Functions.Where(called.Contains).ToList();
        model.Functions.Clear();
        model.Functions.AddRange(kept);
    }
}
