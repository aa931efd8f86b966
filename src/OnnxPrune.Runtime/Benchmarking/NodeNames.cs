using System.Globalization;
using System.Text.RegularExpressions;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>
/// Maps kernels of the runtime to nodes of a graph. Nodes get names that remain part of the names of kernels when the runtime's optimizer
/// transforms the graph; kernels for other memory layouts have the name of the value that they compute.
/// </summary>
internal sealed partial class NodeNames
{
    private const string KernelSuffix = "_kernel_time", LayoutSuffix = "_nchwc";
    private readonly Dictionary<string, int> producers;

    /// <summary>Creates the names of a graph.</summary>
    public NodeNames(Graph graph) => producers = graph.Nodes
        .SelectMany(n => n.Outputs.OfType<Value>().Select(v => (v.Name, n.Index)))
        .ToDictionary(p => p.Name, p => p.Index, StringComparer.Ordinal);

    /// <summary>A model that was made from the graph by pruning, its nodes named.</summary>
    public OnnxModel Marked(OnnxModel pruned)
    {
        var proto = pruned.Proto.Clone();
        foreach (var node in proto.Graph.Node)
            if (node.Output.Count > 0 && producers.TryGetValue(node.Output[0], out int index))
                node.Name = string.Create(CultureInfo.InvariantCulture, $"@{index}@");
        return pruned with { Proto = proto };
    }

    /// <summary>The index of the node of a profiler event; null if the name does not identify a node.</summary>
    public int? Of(string eventName)
    {
        if (Mark().Match(eventName) is { Success: true } mark) return int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture);
        string kernel = eventName.EndsWith(KernelSuffix, StringComparison.Ordinal) ? eventName[..^KernelSuffix.Length] : eventName;
        int layout = kernel.LastIndexOf(LayoutSuffix, StringComparison.Ordinal);
        return layout > 0 && producers.TryGetValue(kernel[..layout], out int index) ? index : null;
    }

    [GeneratedRegex(@"@(\d+)@")]
    private static partial Regex Mark();
}
