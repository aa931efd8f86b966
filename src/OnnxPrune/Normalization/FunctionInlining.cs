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
    // Real models, layer by layer a function, stay far below both.
    private const long MostNodes = 100_000;
    private const int DeepestCalls = 100;

    public static void Apply(ModelProto model)
    {
        if (model.Functions.Count == 0) return;
        if (model.Functions.GroupBy(Name).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw Errors.Malformed($"two functions are called '{twice.Key.Name}'");
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

    // Counts the nodes after inlining, those of sub-graphs included, before anything is made: a function may not call itself, and ten that
    // double make a thousand.
    private static void RefuseEndless(IEnumerable<NodeProto> nodes, Dictionary<(string, string, string), FunctionProto> functions)
    {
        var counts = new Dictionary<FunctionProto, long?>(ReferenceEqualityComparer.Instance);
        int depth = 0;
        if (Count(nodes) > MostNodes) throw Errors.Malformed($"its functions expand to more than {MostNodes} nodes");

        long Count(IEnumerable<NodeProto> body) => body.Aggregate(0L, (sum, n) => Math.Min(MostNodes + 1, sum + After(n)));

        long After(NodeProto node) => functions.TryGetValue(Called(node), out var function) ? CountOf(function) : SubGraphs.AllNodes([node]).Count();

        long CountOf(FunctionProto function)
        {
            if (counts.TryGetValue(function, out long? known)) return known ?? throw Errors.Malformed($"the function '{function.Name}' calls itself");
            if (++depth > DeepestCalls) throw Errors.Malformed($"its functions call each other more than {DeepestCalls} levels deep");
            counts[function] = null;
            long count = Count(function.Node);
            depth--;
            return (counts[function] = count).Value;
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
        if (call.Input.Count > function.Input.Count || call.Output.Count > function.Output.Count)
            throw Errors.Malformed($"a call of the function '{function.Name}' has more inputs or outputs than the function");
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{call.Output.FirstOrDefault(o => o.Length > 0)}/{function.Name}{number}/");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < function.Input.Count; i++) names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
        for (int i = 0; i < function.Output.Count; i++)
            if (i < call.Output.Count && call.Output[i].Length > 0) names[function.Output[i]] = call.Output[i];
        foreach (string output in function.Node.SelectMany(n => n.Output).Where(o => o.Length > 0)) names.TryAdd(output, prefix + output);
        var attributes = function.AttributeProto.Concat(call.Attribute).GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.Last());
        return function.Node.Select(n => NodeInstance.Of(n, names, attributes, prefix));
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
