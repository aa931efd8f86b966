using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>One node of a model and what it costs.</summary>
/// <param name="Name">Its name; that of its first output where it has none.</param>
/// <param name="Operator">Its operator, behind its domain where that is not ai.onnx.</param>
/// <param name="Outputs">What it computes.</param>
/// <param name="Macs">Its multiply-accumulate operations at the nominal sizes.</param>
/// <param name="Parameters">Elements of the weights that it is the first to read.</param>
/// <param name="Groups">Ids of the groups whose channels its outputs have.</param>
internal sealed record LayerReport(
    string Name, string Operator, IReadOnlyList<LayerOutput> Outputs, long Macs, long Parameters, IReadOnlyList<string> Groups)
{
    /// <summary>The shape of its first output; empty where it has none.</summary>
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

    /// <summary>How reports name a node.</summary>
    public static string NameOf(Node node) => node.Proto.Name.Length > 0 ? node.Proto.Name : node.Proto.Output.FirstOrDefault() ?? "";

    /// <summary>How reports name an operator.</summary>
    public static string OperatorOf(Node node) => node.Domain.Length > 0 ? $"{node.Domain}.{node.OpType}" : node.OpType;

    private static IEnumerable<Term> Variables(ModelAnalysis analysis, Node node) => node.Outputs.OfType<Value>()
        .SelectMany(value => analysis.Layouts.LayoutOf(value) ?? []).SelectMany(analysis.Layouts.Unifier.Substitution.Leaves);

    private static List<long?>? ShapeOf(ModelAnalysis analysis, Value value) =>
        analysis.Shapes[value].Shape?.Select(size => size.IsKnown ? size[Size.Nominal] : (long?)null).ToList();
}

/// <summary>What a node computes.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Shape">Its sizes at the nominal valuation, null for those that are unknown; null where its rank is.</param>
internal sealed record LayerOutput(string Name, IReadOnlyList<long?>? Shape)
{
    /// <summary>The shape as people read it: <c>1x64x56x56</c>, and <c>scalar</c> where it has no axes.</summary>
    public string Sizes() => Shape switch
    {
        null => "?",
        [] => "scalar",
        _ => string.Join('x', Shape.Select(size => size is null ? "?" : $"{size}")),
    };
}
