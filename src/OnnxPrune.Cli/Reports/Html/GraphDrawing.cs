using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>
/// Draws a graph as a list with one node per line, in topological order and coloured by the group of its outputs. Arcs at the side show
/// values that skip nodes. The list remains legible for long graphs.
/// </summary>
internal static class GraphDrawing
{
    private const double Row = 20, ArcsWidth = 90, Width = 360;
    private const int Letters = 44;
    private const double GoldenAngle = 137.508;

    /// <summary>Draws the graph.</summary>
    public static void Draw(HtmlWriter page, Block.Graph graph)
    {
        page.OpenImage("graph", Width, graph.Nodes.Count * Row, graph.Label, stretches: false).Line();
        foreach (var (from, to) in graph.Edges)
            page.Empty("path", ("class", to == from + 1 ? "next" : "arc"), ("d", Edge(from, to, graph.Nodes.Count)));
        page.Line();
        for (int i = 0; i < graph.Nodes.Count; i++) DrawNode(page, graph.Nodes[i], Middle(i));
        page.Close();
    }

    private static void DrawNode(HtmlWriter page, (string Operator, string Name, int? Group) node, double y)
    {
        string? colour = node.Group is { } group ? $"fill:hsl({Svg.Number(group * GoldenAngle % 360)} 55% 55%)" : null;
        page.Empty("circle", ("cx", Svg.Number(ArcsWidth)), ("cy", Svg.Number(y)), ("r", "5"), ("style", colour));
        page.Open("text", ("x", Svg.Number(ArcsWidth + 12)), ("y", Svg.Number(y + 4))).Text(node.Operator + " ");
        page.Leaf("tspan", Short(node.Name, Letters - node.Operator.Length)).Leaf("title", node.Name).Close().Line();
    }

    private static string Edge(int from, int to, int count)
    {
        double reach = (to - from) is 1 ? 0 : Math.Min(ArcsWidth - 8, 14 + (ArcsWidth * Math.Log2(to - from) / Math.Max(4, Math.Log2(count) + 1)));
        return $"M{Point(from, 0)}C{Point(from, reach)} {Point(to, reach)} {Point(to, 0)}";
    }

    private static string Point(int node, double reach) => $"{Svg.Number(ArcsWidth - reach)} {Svg.Number(Middle(node))}";

    private static double Middle(int node) => (node + 0.5) * Row;

    // Keeps the end of a name, where names differ.
    private static string Short(string name, int letters) =>
        name.Length <= letters ? name : string.Concat("…", name.AsSpan(name.Length - Math.Max(1, letters - 1)));
}
