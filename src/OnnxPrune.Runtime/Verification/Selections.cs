using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Rewriting;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// Operators that select by comparing numbers: where two are nearly equal, rounding decides, and everything behind jumps. Detectors with
/// many like scores are full of that. As long as pruning leaves alone what comes behind, it is enough to compare what enters.
/// </summary>
internal static class Selections
{
    /// <summary>
    /// The values to compare instead of the outputs: those that enter selecting operators, and the outputs that do not depend on one. Null
    /// where the model selects nothing, or where pruning has changed a node behind a selection.
    /// </summary>
    /// <param name="analysis">The original.</param>
    /// <param name="pruned">The pruned model.</param>
    public static InnerValues? Entries(ModelAnalysis analysis, OnnxModel pruned)
    {
        var now = pruned.Proto.Graph.Node
            .Where(n => n.Output.Count > 0)
            .GroupBy(n => n.Output[0])
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var initializers = pruned.Proto.Graph.Initializer.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var behind = new HashSet<Value>();
        var entries = new List<Value>();
        foreach (var node in analysis.Graph.Nodes.Where(n => !analysis.Shapes.IsShapeArithmetic(n)))
        {
            bool follows = node.Reads.Any(behind.Contains);
            bool selects = analysis.Operators.JumpOf(node) == Jump.Selection && node.Reads.Any(v => Compares(analysis, v));
            if (follows && !IsUnchanged(node, now, initializers)) return null;
            if (!follows && selects) entries.AddRange(node.Reads.Where(v => v.Producer is not null && Compares(analysis, v)));
            if (follows || selects) behind.UnionWith(node.Outputs.OfType<Value>());
        }
        entries.AddRange(analysis.Graph.Outputs.Where(o => !behind.Contains(o)));
        return behind.Count > 0 && entries.Count > 0 && entries.TrueForAll(e => e.IsOutput || now.Values.Any(n => n.Output.Contains(e.Name)))
            ? new([.. entries.Select(e => e.Name).Distinct()], "at the inputs of operators that select by comparison, because their outputs depend on rounding")
            : null;
    }

    /// <summary>True for a value that is compared as numbers with a tolerance.</summary>
    public static bool Compares(ModelAnalysis analysis, Value value) =>
        analysis.Shapes[value].Type is ElementType.Float or ElementType.Double or ElementType.Float16
        && !analysis.Shapes.DerivesFromShapes(value);

    private static bool IsUnchanged(Node node, Dictionary<string, NodeProto> now, Dictionary<string, TensorProto> initializers) =>
        node.Proto.Output.Count > 0 && now.TryGetValue(node.Proto.Output[0], out var proto) && proto.Equals(node.Proto)
        && node.Reads.All(
            v => v.Initializer is null || (initializers.TryGetValue(v.Name, out var tensor) && tensor.Dims.SequenceEqual(v.Initializer.Dims)));
}
