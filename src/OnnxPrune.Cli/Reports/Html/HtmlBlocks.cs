using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>Writes the blocks of sections.</summary>
internal static class HtmlBlocks
{
    private const int OpenNodes = 120;

    /// <summary>Writes a block; <paramref name="heading"/> is the id of the heading above it.</summary>
    public static void Write(HtmlWriter page, Block block, string heading)
    {
        switch (block)
        {
            case Block.Paragraph paragraph:
                page.Leaf("p", paragraph.Text);
                break;
            case Block.Bullets bullets:
                page.Open("ul");
                foreach (string item in bullets.Items) page.Leaf("li", item);
                page.Close();
                break;
            case Block.Facts facts:
                WriteFacts(page, facts);
                break;
            case Block.Table table:
                WriteTable(page, table, heading);
                break;
            case Block.Profile profile:
                ProfileDrawing.Draw(page, profile);
                break;
            case Block.Plots plots:
                WritePlots(page, plots);
                break;
            case Block.Graph graph:
                page.Open("details", ("class", "graph"), ("open", graph.Nodes.Count <= OpenNodes ? "open" : null)).Leaf("summary", graph.Label);
                GraphDrawing.Draw(page, graph);
                page.Close();
                break;
            case Block.Attachment file:
                WriteAttachment(page, file);
                break;
        }
        page.Line();
    }

    private static void WriteFacts(HtmlWriter page, Block.Facts facts)
    {
        page.Open("dl", ("class", "facts"));
        foreach (var (name, value) in facts.Rows)
        {
            page.Open("div").Leaf("dt", name).Open("dd");
            HtmlCells.Write(page, value);
            page.Close().Close();
        }
        page.Close();
    }

    private static void WriteTable(HtmlWriter page, Block.Table table, string heading)
    {
        WriteRows(page, table, table.Rows.Take(table.Shown), heading);
        WriteFolded(page, table.Rows.Count - table.Shown, () => WriteRows(page, table, table.Rows.Skip(table.Shown), heading));
    }

    // The rows that are hidden at first, if there are any.
    private static void WriteFolded(HtmlWriter page, int hidden, Action write)
    {
        if (hidden <= 0) return;
        page.Open("details", ("class", "more")).Leaf("summary", $"{hidden} more");
        write();
        page.Close();
    }

    private static void WriteRows(HtmlWriter page, Block.Table table, IEnumerable<IReadOnlyList<Cell>> rows, string heading)
    {
        page.Open("table", ("role", "table"), ("aria-labelledby", heading)).Open("thead").Open("tr", ("role", "row"));
        foreach (string column in table.Columns)
            page.Leaf("th", column.Trim(), ("scope", "col"), ("role", "columnheader"), ("class", IsNumber(column) ? "n" : null));
        page.Close().Close().Open("tbody").Line();
        foreach (var row in rows)
        {
            page.Open("tr", ("role", "row"));
            for (int i = 0; i < row.Count; i++) WriteCell(page, row[i], table.Columns[i], isFirst: i == 0);
            page.Close().Line();
        }
        page.Close().Close();
    }

    private static void WriteCell(HtmlWriter page, Cell cell, string column, bool isFirst)
    {
        if (isFirst) page.Open("th", ("scope", "row"), ("role", "rowheader"));
        else page.Open("td", ("role", "cell"), ("class", HtmlCells.StyleOf(cell, IsNumber(column))), ("data-label", column.Trim()));
        HtmlCells.Write(page, cell);
        page.Close();
    }

    private static void WritePlots(HtmlWriter page, Block.Plots plots)
    {
        double top = CurveDrawing.Top(plots.Curves.Select(c => c.Curve));
        string scale = $"logarithmic from {Number(CurveDrawing.Bottom(top))} to {Number(top)} with one line per power of ten";
        page.Leaf("p", $"{plots.Unit} against the removed share, {scale}. The vertical line marks the cut.");
        WritePlots(page, plots, plots.Curves.Take(plots.Shown), top);
        WriteFolded(page, plots.Curves.Count - plots.Shown, () => WritePlots(page, plots, plots.Curves.Skip(plots.Shown), top));
    }

    private static void WritePlots(HtmlWriter page, Block.Plots plots, IEnumerable<(string Name, string AtCut, Curve Curve)> curves, double top)
    {
        page.Open("div", ("class", "plots"));
        foreach (var (name, atCut, curve) in curves)
        {
            page.Open("figure");
            CurveDrawing.DrawPlot(page, curve, top, $"{plots.Unit} of {name}");
            page.Open("figcaption").Code(name).Leaf("span", atCut).Close().Close().Line();
        }
        page.Close();
    }

    private static void WriteAttachment(HtmlWriter page, Block.Attachment file)
    {
        string data = $"data:{file.MediaType};base64,{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(file.Text))}";
        page.Open("p").Leaf("a", $"Save {file.FileName}", ("download", file.FileName), ("href", data)).Close();
        page.Open("details", ("class", "file")).Leaf("summary", "Show the file").Leaf("pre", file.Text, ("tabindex", "0")).Close();
    }

    private static bool IsNumber(string column) => column.StartsWith(' ');

    private static string Number(double number) => number.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
}
