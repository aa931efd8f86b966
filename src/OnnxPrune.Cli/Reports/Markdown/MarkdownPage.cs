using System.Text;
using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Markdown;

/// <summary>Writes a <see cref="Document"/> in GitHub-flavoured Markdown, for comments on pull requests and for build summaries.</summary>
internal sealed class MarkdownPage
{
    // A comment may have 65,536 characters.
    private const int ShownRows = 12, MostRows = 120;
    private readonly StringBuilder page = new();

    private MarkdownPage()
    {
    }

    /// <summary>The text.</summary>
    public static string Of(Document document) => new MarkdownPage().Write(document);

    private string Write(Document document)
    {
        Paragraph($"### {MarkdownText.Of(document.Title)}");
        Paragraph(MarkdownText.Of(document.Lead));
        if (document.Verdict is { } verdict) Paragraph($"**{MarkdownText.Of(verdict.Word)}** {MarkdownText.Of(verdict.Text)}");
        if (document.Headline.Count > 0) WriteHeadline(document.Headline);
        foreach (var section in document.Sections) WriteSection(section);
        Paragraph($"<sub>{MarkdownText.Of(document.Tool)}</sub>");
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private void WriteHeadline(IReadOnlyList<Figure> headline)
    {
        bool compares = headline.Any(f => f.Before is not null);
        string[] columns = compares ? ["", " before", " after", " change"] : ["", " "];
        Rows(columns, headline.Select(f => compares ? Line(f.Name, f.Before ?? "", f.After, Change(f)) : Line(f.Name, f.After)));
    }

    private static string Change(Figure figure) => figure.Share is null ? figure.Change ?? "" : $"{figure.Change} {figure.Of}";

    private void WriteSection(Section section)
    {
        var blocks = section.Blocks.Where(b => b is not (Block.Attachment or Block.Graph or Block.Profile)).ToList();
        if (blocks.Count == 0) return;
        Paragraph($"#### {MarkdownText.Of(section.Title)}{(section.Count is { } count ? $" ({Figures.Whole(count)})" : "")}");
        blocks.ForEach(WriteBlock);
    }

    private void WriteBlock(Block block)
    {
        switch (block)
        {
            case Block.Paragraph paragraph:
                Paragraph(MarkdownText.Of(paragraph.Text));
                break;
            case Block.Bullets bullets:
                Folded([.. bullets.Items.Select(item => $"- {MarkdownText.Of(item)}")], lines => Paragraph(string.Join('\n', lines)));
                break;
            case Block.Facts facts:
                Rows(["", ""], facts.Rows.Select(row => $"| {MarkdownText.Of(row.Name)} | {MarkdownCells.Of(row.Value)} |"));
                break;
            case Block.Table table:
                Folded([.. table.Rows.Select(row => $"| {string.Join(" | ", row.Select(MarkdownCells.Of))} |")], rows => Rows(table.Columns, rows));
                break;
            case Block.Plots plots:
                Folded([.. plots.Curves.Select(c => Row(c.Name, c.Curve, c.AtCut))], rows => Rows(["", plots.Unit, " at the cut"], rows));
                break;
        }
    }

    private static string Row(string name, Curve curve, string atCut) =>
        $"| {MarkdownText.Code(name)} | {MarkdownText.Code(TextDrawing.Line(curve))} | {MarkdownText.Of(atCut)} |";

    private void Folded(IReadOnlyList<string> lines, Action<IEnumerable<string>> write)
    {
        write(lines.Take(ShownRows));
        if (lines.Count <= ShownRows) return;
        Paragraph($"<details><summary>{lines.Count - ShownRows} more</summary>");
        write(lines.Skip(ShownRows).Take(MostRows - ShownRows));
        if (lines.Count > MostRows) Paragraph($"and {lines.Count - MostRows} more in the JSON and HTML reports");
        Paragraph("</details>");
    }

    private void Rows(IReadOnlyList<string> columns, IEnumerable<string> rows)
    {
        page.Append(Line([.. columns.Select(c => c.Trim())])).Append('\n');
        page.Append('|').Append(string.Concat(columns.Select(c => c.StartsWith(' ') ? " ---: |" : " --- |"))).Append('\n');
        foreach (string row in rows) page.Append(row).Append('\n');
        page.Append('\n');
    }

    private static string Line(params IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(MarkdownText.Of))} |";

    private void Paragraph(string text) => page.Append(text).Append("\n\n");
}
