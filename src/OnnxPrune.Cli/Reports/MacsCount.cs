using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>Makes a <see cref="MacsReport"/> from one analysis, or from two, whose nodes it matches by name.</summary>
internal static class MacsCount
{
    /// <summary>The report of a model, compared with another if one is given.</summary>
    public static MacsReport Of(ModelAnalysis analysis, ModelAnalysis? other)
    {
        var own = Nodes(analysis);
        var others = other is null ? null : Nodes(other);
        var counterparts = others?.GroupBy(Key).ToDictionary(g => g.Key, g => new Queue<Counted>(g));
        var nodes = own.ConvertAll(node => Row(node, Counterpart(counterparts, node)));
        var unmatched = others is null ? [] : others.Where(node => counterparts![Key(node)].Contains(node)).Select(node => Row(null, node));
        return new MacsReport(
            "macs",
            analysis.Source.Path!,
            other?.Source.Path,
            Dimensions(analysis),
            CountedCost.Of(Sum(own), others is null ? null : Sum(others)),
            [.. own.Concat(others ?? []).Select(node => node.Operator).Distinct().Select(name => Operators(name, own, others))],
            [.. nodes, .. unmatched],
            [.. WarningReport.Of(analysis).Concat(other is null ? [] : WarningReport.Of(other)).Distinct()],
            [.. UncountedReport.Of(analysis).Concat(other is null ? [] : UncountedReport.Of(other)).Distinct()]);
    }

    private static List<Counted> Nodes(ModelAnalysis analysis)
    {
        var costs = NodeCosts.Of(analysis);
        return [.. LayerReport.Of(analysis).Zip(analysis.Graph.Nodes, (layer, node) =>
            new Counted(layer.Name, layer.Operator, layer.FirstSizes(), costs[node]))];
    }

    private static (string Name, string Operator) Key(Counted node) => (node.Name, node.Operator);

    private static Counted? Counterpart(Dictionary<(string, string), Queue<Counted>>? others, Counted node) =>
        others?.GetValueOrDefault(Key(node)) is { } queue && queue.TryDequeue(out var found) ? found : null;

    private static NodeCost Row(Counted? own, Counted? other)
    {
        var named = own ?? other!;
        return new NodeCost(named.Name, named.Operator, named.Output, CountedCost.Of(own?.Cost, other?.Cost));
    }

    private static OperatorCost Operators(string name, List<Counted> own, List<Counted>? others)
    {
        var nodes = own.FindAll(node => node.Operator == name);
        Cost? other = others is null ? null : Sum(others.FindAll(node => node.Operator == name));
        return new OperatorCost(name, nodes.Count, CountedCost.Of(Sum(nodes), other));
    }

    private static Cost Sum(List<Counted> nodes) => nodes.Aggregate(default(Cost), (sum, node) => CostModel.Plus(sum, node.Cost, 1));

    private static SortedDictionary<string, long> Dimensions(ModelAnalysis analysis)
    {
        var sizes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var symbol in analysis.Graph.Inputs.SelectMany(input => Valuation.Symbols(input.Declared!)))
            if (analysis.Shapes.Valuation.SizeOf(symbol) is { IsKnown: true } size) sizes[symbol] = size[Size.Nominal];
        return sizes;
    }

    private sealed record Counted(string Name, string Operator, string Output, Cost Cost);
}
