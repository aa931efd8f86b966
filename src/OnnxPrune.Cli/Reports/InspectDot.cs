using System.Globalization;
using System.Text;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Shapes;

namespace OnnxPrune.Cli.Reports;

/// <summary>
/// Writes the node graph in the language of Graphviz. Nodes have the colour of the group of their output channels, or grey if all of these are
/// pinned, and are framed by the modules in their names. Edges carry values and shapes. A legend lists the largest groups.
/// </summary>
internal sealed class InspectDot
{
    private const string Pinned = "#d0d0d0", Plain = "white";
    private const int MostInLegend = 24;

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
        Write(ModuleTree.Of(analysis.Graph), "  ");
        foreach (var output in analysis.Graph.Outputs) Line($"  out{output.Id} [label={Quoted(output.Name)}, shape=ellipse];");
        foreach (var node in analysis.Graph.Nodes) foreach (var value in Drawn(node)) Edge(value, Id(node));
        foreach (var output in analysis.Graph.Outputs.Where(v => v.Producer is not null || v.IsInput)) Edge(output, $"out{output.Id}");
        Legend();
        Line("}");
        return text.ToString();
    }

    private void Write(ModuleTree module, string indent)
    {
        foreach (var node in module.Nodes) Line($"{indent}{Id(node)} [{Attributes(node)}];");
        foreach (var part in module.Parts)
        {
            Line($"{indent}subgraph {Quoted($"cluster_{part.Path}")} {{");
            Line($"{indent}  label={Quoted(part.Name)}; fontname=\"Helvetica\"; color=\"#909090\";");
            Write(part, indent + "  ");
            Line($"{indent}}}");
        }
    }

    private static IEnumerable<Value> Drawn(Node node) => node.Reads.Where(v => v.IsInput).Concat(node.Reads.Where(v => v.Producer is not null));

    private void Edge(Value value, string to) =>
        Line($"  {(value.Producer is { } from ? Id(from) : Id(value))} -> {to} [label={Quoted($"{value.Name}\n{ShapeOf(value)}".TrimEnd())}];");

    private string Attributes(Node node)
    {
        var groups = GraphBlock.GroupsOf(analysis, node, positions).ToList();
        var lines = new[] { node.OpType, node.Proto.Name }.Where(line => line.Length > 0).Concat(groups.Select(i => analysis.Groups[i].ToString()));
        string label = $"label={Quoted(string.Join('\n', lines))}";
        string colour = groups.Count > 0 ? Colour(groups[0]) : IsPinned(node) ? Pinned : Plain;
        return colour == Plain ? label : $"{label}, fillcolor=\"{colour}\"";
    }

    // Shape arithmetic has no channels to pin.
    private bool IsPinned(Node node)
    {
        var axes = node.Outputs.OfType<Value>().SelectMany(value => analysis.Layouts.LayoutOf(value) ?? []);
        var reasons = axes.SelectMany(analysis.Layouts.Unifier.Substitution.Pins);
        return !analysis.Shapes.IsShapeArithmetic(node) && reasons.Any(reason => reason.Operator.Length > 0);
    }

    // Hue, saturation and value. Hues at golden-angle steps differ most from their neighbours, and light colours keep names legible.
    private static string Colour(int group)
    {
        var (saturation, value) = (group % 2 == 0 ? "0.25" : "0.38", group % 3 == 0 ? "0.98" : "0.93");
        return string.Create(CultureInfo.InvariantCulture, $"{group * 0.618034 % 1:0.000} {saturation} {value}");
    }

    private void Legend()
    {
        var largest = analysis.Groups.Index()
            .OrderByDescending(g => g.Item.Slices.Count * (long)g.Item.Size).Take(MostInLegend).OrderBy(g => g.Index);
        var rows = largest.Select(g => Row(Colour(g.Index), g.Item.ToString()));
        int hidden = analysis.Groups.Count - MostInLegend;
        if (hidden > 0) rows = rows.Append(Row("white", $"and {hidden} more groups"));
        string table = string.Concat([.. rows, Row(Pinned, "pinned")]);
        Line($"  legend [shape=plaintext, style=solid, label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"2\">{table}</table>>];");
    }

    private static string Row(string colour, string name) =>
        $"<tr><td bgcolor=\"{colour}\" width=\"24\"> </td><td align=\"left\">{System.Net.WebUtility.HtmlEncode(name)}</td></tr>";

    private string ShapeOf(Value value) =>
        string.Join('x', (analysis.Shapes[value].Shape ?? []).Select(size => size.IsCounted ? $"{size[Size.Nominal]}" : "?"));

    private static string Id(Node node) => $"node{node.Index}";

    private static string Id(Value value) => $"in{value.Id}";

    private static string Quoted(string label) =>
        $"\"{label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"";

    private void Line(string line) => text.Append(line).Append('\n');
}
