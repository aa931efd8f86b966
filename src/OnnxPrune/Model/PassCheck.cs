using Onnx;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Model;

/// <summary>
/// Checks what a pass leaves behind, so that a defect shows at the pass that has it. The checks run where the AppContext switch
/// <c>OnnxPrune.PassChecks</c> is on, as it is in tests; users do not pay for them.
/// </summary>
internal static class PassCheck
{
    private const string Switch = "OnnxPrune.PassChecks";

    /// <summary>True where the checks run.</summary>
    public static bool IsOn { get; } = AppContext.TryGetSwitch(Switch, out bool on) && on;

    /// <summary>Fails where a condition does not hold after a pass.</summary>
    /// <exception cref="OnnxPruneException">OP9001.</exception>
    public static void Require(bool condition, string pass, string broken)
    {
        if (!condition) throw Errors.Internal($"after {pass}: {broken}");
    }

    /// <summary>Fails where a graph is not well formed after a pass.</summary>
    /// <exception cref="OnnxPruneException">OP9001.</exception>
    public static void Graph(GraphProto graph, string pass)
    {
        if (FaultOf(graph) is { } fault) throw Errors.Internal($"after {pass}: {fault}");
    }

    /// <summary>
    /// What is wrong with a graph: a name that two nodes compute, or that nothing computes before it is read; null for a well-formed graph.
    /// Names of sub-graphs may hide those around them, as runtimes allow.
    /// </summary>
    public static string? FaultOf(GraphProto graph) => FaultOf(graph, []);

    private static string? FaultOf(GraphProto graph, HashSet<string> around)
    {
        var own = graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name))
            .Concat(graph.SparseInitializer.Select(t => t.Values.Name)).ToHashSet(StringComparer.Ordinal);
        var defined = around.Concat(own).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            if (node.Input.FirstOrDefault(name => name.Length > 0 && !defined.Contains(name)) is { } unknown)
                return $"{node.OpType} {node.Name} reads '{unknown}', which nothing computes before it";
            foreach (var body in SubGraphs.Of(node))
                if (FaultOf(body, defined) is { } fault) return fault;
            if (node.Output.FirstOrDefault(name => name.Length > 0 && !own.Add(name)) is { } twice) return $"'{twice}' is computed twice";
            defined.UnionWith(node.Output);
        }
        return graph.Output.FirstOrDefault(o => !defined.Contains(o.Name)) is { } output ? $"nothing computes the output '{output.Name}'" : null;
    }
}
