using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>One node of a model with its cost.</summary>
/// <param name="Name">The node's name, or the name of its first output if it has none.</param>
/// <param name="Operator">The operator, prefixed with its domain unless that is ai.onnx.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Macs">Multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">The number of elements of the weights that this node is the first to read.</param>
/// <param name="Groups">The ids of the groups of its output channels.</param>
internal sealed record LayerReport(
    string Name, string Operator, IReadOnlyList<LayerOutput> Outputs, long Macs, long Parameters, IReadOnlyList<string> Groups)
{
    /// <summary>The shape of its first output; empty if it has none.</summary>
    public string FirstSizes() => Outputs.Count > 0 ? Outputs[0].Sizes() : "";

    /// <summary>The nodes of a model in topological order.</summary>
    public static IReadOnlyList<LayerReport> Of(ModelAnalysis analysis)
    {
        var costs = NodeCosts.Of(analysis);
        var ids = analysis.Groups.ToDictionary(group => group.Variable, group => group.Id);
        return [.. analysis.Graph.Nodes.Select(node => new LayerReport(
            NameOf(node),
            OperatorOf(node),
            [.. node.Outputs.OfType<Value>().Select(value => new LayerOutput(value.Name, ShapeOf(analysis, value)))],
            (long)costs[node].Macs,
            (long)costs[node].Parameters,
            [.. Variables(analysis, node).Where(ids.ContainsKey).Distinct().Select(leaf => ids[leaf])]))];
    }

    /// <summary>The name of a node in reports.</summary>
    public static string NameOf(Node node) => node.Proto.Name.Length > 0 ? node.Proto.Name : node.Proto.Output.FirstOrDefault() ?? "";

    /// <summary>The name of an operator in reports.</summary>
    public static string OperatorOf(Node node) => node.Domain.Length > 0 ? $"{node.Domain}.{node.OpType}" : node.OpType;

    private static IEnumerable<Term> Variables(ModelAnalysis analysis, Node node) => node.Outputs.OfType<Value>()
        .SelectMany(value => analysis.Layouts.LayoutOf(value) ?? []).SelectMany(analysis.Layouts.Unifier.Substitution.Leaves);

    private static List<long?>? ShapeOf(ModelAnalysis analysis, Value value) =>
        analysis.Shapes[value].Shape?.Select(size => size.IsCounted ? size[Size.Nominal] : (long?)null).ToList();
}

/// <summary>An output of a node.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Shape">Its sizes at the nominal valuation, null for unknown sizes; null if the rank is unknown.</param>
internal sealed record LayerOutput(string Name, IReadOnlyList<long?>? Shape)
{
    /// <summary>The shape as text: <c>1x64x56x56</c>, or <c>scalar</c>.</summary>
    public string Sizes() => Shape switch
    {
        null => "?",
        [] => "scalar",
        _ => string.Join('x', Shape.Select(size => size is null ? "?" : $"{size}")),
    };
}
