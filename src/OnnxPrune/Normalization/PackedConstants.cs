using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>
/// Cuts a packed weight into the pieces that its readers take from it, if the pieces meet different inputs: in cross-attention, one matrix holds the
/// projection of the queries and those of keys and values, whose inputs have widths of their own. The pieces together are not larger than the weight.
/// </summary>
internal static class PackedConstants
{
    private static readonly HashSet<string> Takers = ["Gather", "Slice", "Split"];
    private static readonly HashSet<string> Passing = ["Cast", "DequantizeLinear", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze"];

    public static void Apply(ModelProto model)
    {
        var graph = model.Graph;
        var taken = graph.Node.Where(n => n.Domain is "" or "ai.onnx" && Takers.Contains(n.OpType) && n.Input.Count > 0).Select(n => n.Input[0]).ToHashSet(StringComparer.Ordinal);
        if (!graph.Initializer.Any(t => taken.Contains(t.Name))) return;
        var flow = new PieceFlow(graph);
        var names = new Lazy<NameAllocator>(() => new(graph));
        foreach (var weight in graph.Initializer.Where(t => taken.Contains(t.Name) && t.Dims.Count(d => d > 1) > 1).ToList())
            if (flow.Pieces(weight) is { } pieces) Replace(graph, weight, pieces, flow, names.Value);
    }

    private static void Replace(GraphProto graph, TensorProto weight, IReadOnlyList<(string Output, TensorProto Tensor)> pieces, PieceFlow flow, NameAllocator names)
    {
        int at = graph.Initializer.IndexOf(weight);
        graph.Initializer.RemoveAt(at);
        foreach (var node in flow.ReadersOf(weight.Name).ToList()) graph.Node.Remove(node);
        foreach (var (output, tensor) in pieces)
        {
            tensor.Name = names.Unique($"{weight.Name}/{output}");
            graph.Initializer.Insert(at++, tensor);
            foreach (var reader in flow.ReadersOf(output))
                for (int i = 0; i < reader.Input.Count; i++) if (reader.Input[i] == output) reader.Input[i] = tensor.Name;
        }
    }

    /// <summary>Where the pieces of weights go.</summary>
    private sealed class PieceFlow
    {
        private readonly Dictionary<string, TensorProto> constants;
        private readonly ILookup<string, NodeProto> readers;
        private readonly HashSet<string> fixedNames;

        public PieceFlow(GraphProto graph)
        {
            var defaults = graph.Input.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
            constants = graph.Initializer.Where(t => !defaults.Contains(t.Name)).ToDictionary(t => t.Name, StringComparer.Ordinal);
            readers = graph.Node.SelectMany(n => n.Input.Distinct(), (node, name) => (name, node)).ToLookup(r => r.name, r => r.node, StringComparer.Ordinal);
            fixedNames = [.. defaults, .. graph.Output.Select(o => o.Name), .. graph.Node.SelectMany(SubGraphs.Captures)];
        }

        public IEnumerable<NodeProto> ReadersOf(string name) => readers[name];

        /// <summary>The pieces that replace a weight; null where it stays.</summary>
        public IReadOnlyList<(string Output, TensorProto Tensor)>? Pieces(TensorProto weight)
        {
            var takers = readers[weight.Name].ToList();
            if (fixedNames.Contains(weight.Name) || !takers.TrueForAll(n => Takes(n, weight))) return null;
            var outputs = takers.SelectMany(n => n.Output).Where(name => readers[name].Any()).ToList();
            if (outputs.Count < 2 || outputs.Exists(fixedNames.Contains)) return null;
            if (outputs.Select(Partners).Distinct(StringComparer.Ordinal).Count() < 2) return null;
            var sources = new ConstantSources(constants);
            var results = takers.ConvertAll(sources.Evaluate);
            if (results.Contains(null)) return null;
            var pieces = results.SelectMany(r => r!.Results.Zip(r.Node.Output)).Where(p => readers[p.Second].Any()).ToList();
            return pieces.Sum(p => p.First.Bytes) <= weight.RawData.Length ? pieces.ConvertAll(p => (p.Second, p.First.ToTensor(p.Second))) : null;
        }

        private bool Takes(NodeProto node, TensorProto weight) =>
            node.Domain is "" or "ai.onnx" && Takers.Contains(node.OpType) && node.Input[0] == weight.Name
            && node.Input.Skip(1).All(name => name.Length == 0 || (constants.ContainsKey(name) && name != weight.Name))
            && Tensors.Count(weight) <= FoldedRegions.LargestCount;

        // What a piece meets, behind nodes that only move its elements.
        private string Partners(string piece)
        {
            var met = new SortedSet<string>(StringComparer.Ordinal);
            var pending = new Stack<string>([piece]);
            while (pending.TryPop(out string? name))
            {
                foreach (var node in readers[name])
                {
                    var others = node.Input.Where(other => other.Length > 0 && other != name && !constants.ContainsKey(other)).ToList();
                    if (others.Count == 0 && Passing.Contains(node.OpType)) foreach (string output in node.Output) pending.Push(output);
                    else met.UnionWith(others.Count > 0 ? others : node.Output);
                }
            }
            return string.Join('\n', met);
        }
    }
}
