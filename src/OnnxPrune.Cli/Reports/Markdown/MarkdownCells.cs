using OnnxPrune.Cli.Reports.Documents;

namespace OnnxPrune.Cli.Reports.Markdown;

/// <summary>Formats table cells as one line of text.</summary>
internal static class MarkdownCells
{
    /// <summary>The text of a cell.</summary>
    public static string Of(Cell cell) => cell switch
    {
        Cell.Text text => MarkdownText.Of(text.Value),
        Cell.Name name => MarkdownText.Code(name.Value),
        Cell.Names { Values: [var only] } => MarkdownText.Code(only),
        Cell.Names { Values: var names } => $"{MarkdownText.Code(names[0])} and {names.Count - 1} more",
        Cell.Change change => $"{MarkdownText.Of(change.Before)} → {MarkdownText.Of(change.After)}",
        Cell.Bar bar => MarkdownText.Code(TextDrawing.Bar(bar.Before, bar.After)),
        Cell.ChannelMap map => MarkdownText.Code(TextDrawing.Map(map.Kept)),
        Cell.Spark { Curve: { } curve } => MarkdownText.Code(TextDrawing.Line(curve)),
        _ => "",
    };
}
