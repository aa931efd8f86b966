using System.Text;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>
/// The node graph in Graphviz' language: nodes coloured by the group of the channels that they compute, edges with values and shapes.
/// </summary>
internal sealed class InspectDot
{
    private static readonly string[] Colours =
        ["#8dd3c7", "#ffffb3", "#bebada", "#fb8072", "#80b1d3", "#fdb462", "#b3de69", "#fccde5", "#bc80bd", "#ccebc5", "#ffed6f", "#a6cee3"];

    private readonly ModelAnalysis analysis;
    private readonly Dictionary<Term, int> positions;
    private readonly StringBuilder text = new();

    private InspectDot(ModelAnalysis analysis)
    {
        this.analysis = analysis;
        positions = GraphBlock.PositionsOf(analysis);
    }

    /// <summary>The graph of a model.</summary>
    public static string Of(ModelAnalysis analysis) => new InspectDot(analysis).Run();

    private string Run()
    {
        Line($"digraph {Quoted(Path.GetFileName(analysis.Source.Path) ?? "model")} {{");
        Line("  node [shape=box, style=filled, fillcolor=white, fontname=\"Helvetica\"];");
        Line("  edge [fontname=\"Helvetica\", fontsize=10];");
        foreach (var input in analysis.Graph.Inputs) Line($"  {Id(input)} [label={Quoted(input.Name)}, shape=ellipse];");
        foreach (var node in analysis.Graph.Nodes) Line($"  {Id(node)} [{Attributes(node)}];");
        foreach (var output in analysis.Graph.Outputs) Line($"  out{output.Id} [label={Quoted(output.Name)}, shape=ellipse];");
        foreach (var node in analysis.Graph.Nodes) foreach (var value in Drawn(node)) Edge(value, Id(node));
        foreach (var output in analysis.Graph.Outputs.Where(v => v.Producer is not null || v.IsInput)) Edge(output, $"out{output.Id}");
        Line("}");
        return text.ToString();
    }

    private static IEnumerable<Value> Drawn(Node node) => node.Reads.Where(v => v.IsInput).Concat(node.Reads.Where(v => v.Producer is not null));

    private void Edge(Value value, string to) =>
        Line($"  {(value.Producer is { } from ? Id(from) : Id(value))} -> {to} [label={Quoted($"{value.Name}\n{ShapeOf(value)}".TrimEnd())}];");

    private string Attributes(Node node)
    {
        var groups = GraphBlock.GroupsOf(analysis, node, positions).ToList();
        var lines = new[] { node.OpType, node.Proto.Name }.Where(line => line.Length > 0).Concat(groups.Select(i => analysis.Groups[i].ToString()));
        string label = $"label={Quoted(string.Join('\n', lines))}";
        return groups.Count == 0 ? label : $"{label}, fillcolor=\"{Colours[groups[0] % Colours.Length]}\"";
    }

    private string ShapeOf(Value value) =>
        string.Join('x', (analysis.Shapes[value].Shape ?? []).Select(size => size.IsKnown ? $"{size[Size.Nominal]}" : "?"));

    private static string Id(Node node) => $"node{node.Index}";

    private static string Id(Value value) => $"in{value.Id}";

    private static string Quoted(string label) =>
        $"\"{label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"";

    private void Line(string line) => text.Append(line).Append('\n');
}
