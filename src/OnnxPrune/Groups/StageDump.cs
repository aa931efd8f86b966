using System.Globalization;
using OnnxPrune.Layouts;
using OnnxPrune.Model;

namespace OnnxPrune.Groups;

/// <summary>Prints what each stage of the analysis made, one line per node, value or group, for those who look for a defect or learn.</summary>
internal static class StageDump
{
    private static readonly (string Stage, Func<ModelAnalysis, IEnumerable<string>> Lines)[] All =
    [
        ("normalize", Normalized),
        ("shapes", Shapes),
        ("layouts", Layouts),
        ("zeros", Zeros),
        ("groups", Groups),
        ("cost", Costs),
    ];

    /// <summary>The stages, in the order of the pipeline.</summary>
    public static IReadOnlyList<string> Stages { get; } = [.. All.Select(s => s.Stage)];

    /// <summary>The lines of one stage.</summary>
    public static IEnumerable<string> Of(ModelAnalysis analysis, string stage) => All.Single(s => s.Stage == stage).Lines(analysis);

    private static IEnumerable<string> Normalized(ModelAnalysis analysis) => analysis.Graph.Nodes.Select(node =>
        $"{string.Join(", ", node.Outputs.Select(NameOf))} = {node.OpType}({string.Join(", ", node.Inputs.Select(NameOf))})"
        + string.Concat(node.Proto.Attribute.Select(a => $" {a.Name}")));

    private static IEnumerable<string> Shapes(ModelAnalysis analysis) => analysis.Graph.Values.Select(value =>
        $"{value.Name}: {analysis.Shapes[value]}{(analysis.Shapes[value].Content is { } content ? $" = {content}" : "")}");

    private static IEnumerable<string> Layouts(ModelAnalysis analysis) =>
        LayoutPrinter.PrintAll(analysis.Layouts, analysis.Operators.Find, analysis.Graph.Nodes);

    private static IEnumerable<string> Zeros(ModelAnalysis analysis) => analysis.Groups.Select(group =>
        group.ApproximateBecause is { } reason ? $"{group.Id}: approximate, {reason}" : $"{group.Id}: exact");

    private static IEnumerable<string> Groups(ModelAnalysis analysis) => analysis.Groups.Select(group =>
        $"{group.Id}: {group.Size} {group.Kind.Name()} on {string.Join(' ', group.Slices.Select(s => $"{s.Weight.Name}[{s.Axis}]").Distinct())}");

    private static IEnumerable<string> Costs(ModelAnalysis analysis)
    {
        var costs = NodeCosts.Of(analysis);
        return analysis.Graph.Nodes.Where(node => costs[node] != default).Select(node => string.Create(
            CultureInfo.InvariantCulture, $"{node.Label}: {costs[node].Macs:0} MACs, {costs[node].Parameters:0} parameters"));
    }

    private static string NameOf(Value? value) => value?.Name ?? "_";
}
