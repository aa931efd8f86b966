using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Normalization;

/// <summary>The constants of a region and the initializers that they depend on, as far as a walk through its nodes has come.</summary>
/// <param name="tensors">The initializers by name.</param>
internal sealed class ConstantSources(IReadOnlyDictionary<string, TensorProto> tensors)
{
    // A result may have so many elements, or as many as the largest initializer that it depends on: a small tensor is not expanded.
    private const long SmallCount = 1 << 12;

    private readonly Dictionary<string, ConstantValue?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Count, string? Origin)> sources = new(StringComparer.Ordinal);

    /// <summary>The results of a node all of whose inputs are constants; null where they cannot be computed here.</summary>
    public FoldedNode? Evaluate(NodeProto node)
    {
        var names = node.Input.Where(name => name.Length > 0).ToList();
        if (names.Count == 0 || !names.TrueForAll(name => sources.ContainsKey(name) || tensors.ContainsKey(name))) return null;
        long source = names.Max(CountOf), largest = Math.Max(SmallCount, source);
        var operands = new ConstantOperands(node, [.. node.Input.Select(name => name.Length == 0 ? null : ValueOf(name))], largest);
        var results = Results(operands);
        if (results is null || results.Count != node.Output.Count || results.Any(r => !r.IsExact || r.Numbers.Length > largest)) return null;
        string? origin = ConstantArithmetic.IsElementwise(node.OpType) ? Origin(names, results[0]) : null;
        for (int i = 0; i < results.Count; i++) (values[node.Output[i]], sources[node.Output[i]]) = (results[i], (source, origin));
        return new FoldedNode(node, results, origin);
    }

    private static IReadOnlyList<ConstantValue>? Results(ConstantOperands node) => !ConstantArithmetic.Has(node.OpType)
        ? ConstantMovement.Evaluate(node)
        : ConstantArithmetic.Evaluate(node) is { } result ? [result] : null;

    private string? Origin(IEnumerable<string> names, ConstantValue result)
    {
        string? aligned = names.FirstOrDefault(name => result.Dims.AsSpan().SequenceEqual(ValueOf(name)!.Dims));
        return aligned is null || tensors.ContainsKey(aligned) ? aligned : sources[aligned].Origin;
    }

    private long CountOf(string name) => sources.TryGetValue(name, out var source) ? source.Count : Tensors.Count(tensors[name]);

    private ConstantValue? ValueOf(string name) => values.TryGetValue(name, out var value) ? value : values[name] = ConstantValue.Of(tensors[name]);
}
