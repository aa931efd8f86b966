namespace OnnxPrune.Cli.Reports.Documents;

/// <summary>One part of a <see cref="Section"/>.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    /// <summary>A paragraph.</summary>
    /// <param name="Text">Its text.</param>
    internal sealed record Paragraph(string Text) : Block;

    /// <summary>A list of sentences.</summary>
    /// <param name="Items">The sentences.</param>
    internal sealed record Bullets(IReadOnlyList<string> Items) : Block;

    /// <summary>A list of names with values.</summary>
    /// <param name="Rows">The pairs of name and value.</param>
    internal sealed record Facts(IReadOnlyList<(string Name, Cell Value)> Rows) : Block;

    /// <summary>A table; its first column names the rows.</summary>
    /// <param name="Columns">The names of the columns; a name that begins with a space marks a column of numbers.</param>
    /// <param name="Rows">The rows, with one cell per column.</param>
    /// <param name="Shown">The number of rows shown initially; the others are folded.</param>
    internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, int Shown) : Block;

    /// <summary>A bar chart of items before and after; omitted in text formats.</summary>
    /// <param name="Label">The alternative text.</param>
    /// <param name="Items">The name, the number before and the number after of each item, in order.</param>
    internal sealed record Profile(string Label, IReadOnlyList<(string Name, double Before, double After)> Items) : Block;

    /// <summary>Several curves with a common logarithmic scale.</summary>
    /// <param name="Unit">The quantity on the vertical axis.</param>
    /// <param name="Curves">The curves, each with its name and the text for the value at its cut.</param>
    /// <param name="Shown">The number of curves shown initially; the others are folded.</param>
    internal sealed record Plots(string Unit, IReadOnlyList<(string Name, string AtCut, Curve Curve)> Curves, int Shown) : Block;

    /// <summary>The nodes in order, coloured by group, with edges; omitted in text formats.</summary>
    /// <param name="Label">The alternative text.</param>
    /// <param name="Nodes">The operator, name and group of each node; the group is null if the node has none.</param>
    /// <param name="Edges">The edges, from a node to a later one.</param>
    internal sealed record Graph(
        string Label, IReadOnlyList<(string Operator, string Name, int? Group)> Nodes, IReadOnlyList<(int From, int To)> Edges) : Block;

    /// <summary>A file inside the report; omitted in text formats.</summary>
    /// <param name="FileName">The file name.</param>
    /// <param name="MediaType">The media type.</param>
    /// <param name="Text">The content.</param>
    internal sealed record Attachment(string FileName, string MediaType, string Text) : Block;
}
