using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Html;

/// <summary>Writes the content of table cells.</summary>
internal static class HtmlCells
{
    /// <summary>The style class of a cell; null if it needs none.</summary>
    public static string? StyleOf(Cell cell, bool isNumber) => cell switch
    {
        Cell.Bar or Cell.ChannelMap or Cell.Spark => "wide",
        _ when isNumber => "n",
        _ => null,
    };

    /// <summary>Writes a cell's content.</summary>
    public static void Write(HtmlWriter page, Cell cell)
    {
        switch (cell)
        {
            case Cell.Text text:
                page.Text(text.Value);
                break;
            case Cell.Name name:
                page.Code(name.Value);
                break;
            case Cell.Names names:
                WriteNames(page, names.Values);
                break;
            case Cell.Change change:
                page.Leaf("span", change.Before + " → ", ("class", "soft")).Text(change.After);
                break;
            case Cell.Bar bar:
                WriteBar(page, bar.Before, bar.After);
                break;
            case Cell.ChannelMap map:
                ChannelMapDrawing.Draw(page, map.Kept);
                break;
            case Cell.Spark { Curve: { X.Count: > 1 } curve }:
                CurveDrawing.DrawSpark(page, curve);
                break;
        }
    }

    /// <summary>Writes a bar with a filled part.</summary>
    public static void WriteBar(HtmlWriter page, double before, double after)
    {
        page.Open("span", ("class", "bar"), ("aria-hidden", "true")).Open("i", ("style", $"width:{Svg.Percent(before)}"));
        page.Leaf("b", "", ("style", $"width:{Svg.Percent(before > 0 ? after / before : 0)}")).Close().Close();
    }

    private static void WriteNames(HtmlWriter page, IReadOnlyList<string> names)
    {
        if (names.Count == 1)
        {
            page.Code(names[0]);
            return;
        }
        page.Open("details").Open("summary").Code(names[0]).Leaf("small", $" and {names.Count - 1} more").Close();
        foreach (string name in names.Skip(1)) page.Code(name).Empty("br");
        page.Close();
    }
}
