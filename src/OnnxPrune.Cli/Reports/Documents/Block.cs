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

    /// <summary>Names and what belongs to them.</summary>
    /// <param name="Rows">The pairs.</param>
    internal sealed record Facts(IReadOnlyList<(string Name, Cell Value)> Rows) : Block;

    /// <summary>A table; its first column names the rows.</summary>
    /// <param name="Columns">The names of the columns; those that begin with a blank hold numbers.</param>
    /// <param name="Rows">A cell per column each.</param>
    /// <param name="Shown">Rows that are shown at once; the rest is folded away.</param>
    internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, int Shown) : Block;

    /// <summary>A column per item, what is left of it drawn into what it was; left out of texts.</summary>
    /// <param name="Label">What is drawn, for those who do not see it.</param>
    /// <param name="Items">Name, number before and number after of each, in order.</param>
    internal sealed record Profile(string Label, IReadOnlyList<(string Name, double Before, double After)> Items) : Block;

    /// <summary>Curves beside each other on one logarithmic scale.</summary>
    /// <param name="Unit">What the height of a curve is.</param>
    /// <param name="Curves">The curves, each with a name and what is at its cut.</param>
    /// <param name="Shown">Curves that are shown at once; the rest is folded away.</param>
    internal sealed record Plots(string Unit, IReadOnlyList<(string Name, string AtCut, Curve Curve)> Curves, int Shown) : Block;

    /// <summary>Nodes in order, coloured by group, and what passes a node by; left out of texts.</summary>
    /// <param name="Label">What is drawn, for those who do not see it.</param>
    /// <param name="Nodes">Operator, name and group of each; null for no group.</param>
    /// <param name="Edges">From node to later node.</param>
    internal sealed record Graph(
        string Label, IReadOnlyList<(string Operator, string Name, int? Group)> Nodes, IReadOnlyList<(int From, int To)> Edges) : Block;

    /// <summary>A file inside the report; left out of texts.</summary>
    /// <param name="FileName">What it is saved as.</param>
    /// <param name="MediaType">Its media type.</param>
    /// <param name="Text">What is in it.</param>
    internal sealed record Attachment(string FileName, string MediaType, string Text) : Block;
}
