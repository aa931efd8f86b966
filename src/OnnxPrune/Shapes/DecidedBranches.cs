using System.Globalization;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Normalization;

namespace OnnxPrune.Shapes;

/// <summary>
/// Replaces an If whose condition follows from sizes that never vary by the branch that it always takes, so that what is inside can be
/// pruned. Exporters write such for every squeeze of an axis whose size they do not know.
/// </summary>
internal static class DecidedBranches
{
    private static readonly HashSet<string> Movements =
        ["Shape", "Size", "Gather", "Slice", "Squeeze", "Unsqueeze", "Concat", "Reshape", "Identity", "Cast"];

    /// <summary>The model without those nodes, normalized again, or null where there are none.</summary>
    public static ModelProto? Inline(ShapeInference shapes, ICollection<Diagnostic> notes)
    {
        var decided = shapes.Graph.Nodes
            .Where(n => n.OpType == "If" && n.Domain.Length == 0 && n.Proto.Output is [{ Length: > 0 }, ..])
            .Where(n => n.Inputs is [{ } condition] && shapes[condition].Content is { Count: 1 } && IsDecided(shapes, condition))
            .ToList();
        if (decided.Count == 0) return null;
        var model = shapes.Graph.Model.Clone();
        var taken = decided.ToDictionary(n => n.Proto.Output[0], n => Taken(n, shapes[n.Inputs[0]!].Content!), StringComparer.Ordinal);
        var nodes = model.Graph.Node
            .SelectMany(n => n.Output.Count > 0 && taken.TryGetValue(n.Output[0], out var branch) ? Body(n, branch, model.Graph) : [n])
            .ToList();
        model.Graph.Node.Clear();
        model.Graph.Node.AddRange(nodes);
        return Normalizer.Normalize(model, notes);
    }

    // A number that is equal at all valuations may still depend on them, as in T > 1000. A number that is only moved, or computed from moved
    // numbers, does not.
    private static bool IsDecided(ShapeInference shapes, Value value)
    {
        if (shapes[value].Content?.IsConstant != true) return false;
        if (value.Initializer is not null) return !value.IsDefault;
        return value.Producer is { } node && (Movements.Contains(node.OpType) || node.Inputs.OfType<Value>().All(v => IsDecided(shapes, v)));
    }

    private static GraphProto Taken(Node node, KnownTensor condition) =>
        node.Attribute(condition[0, 0] != 0 ? "then_branch" : "else_branch")?.G ?? throw Diagnostics.Errors.Malformed($"{node.Label} lacks a branch");

    private static IEnumerable<NodeProto> Body(NodeProto node, GraphProto branch, GraphProto outer)
    {
        var instance = BranchInstance.Of(branch, string.Create(CultureInfo.InvariantCulture, $"{node.Output[0]}/{branch.Name}/"));
        outer.Initializer.AddRange(instance.Tensors);
        var results = instance.Results.Zip(node.Output, (from, to) => new NodeProto { OpType = "Identity", Name = to, Input = { from }, Output = { to } });
        return instance.Nodes.Concat(results.Where(r => r.Output[0].Length > 0));
    }
}
