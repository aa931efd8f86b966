namespace OnnxPrune.Cli.Reports.Documents;

/// <summary>One cell of a table.</summary>
internal abstract record Cell
{
    private Cell()
    {
    }

    /// <summary>Prose.</summary>
    public static implicit operator Cell(string text) => new Text(text);

    /// <summary>Prose.</summary>
    /// <param name="Value">The text.</param>
    internal sealed record Text(string Value) : Cell;

    /// <summary>A name from the model.</summary>
    /// <param name="Value">The name.</param>
    internal sealed record Name(string Value) : Cell;

    /// <summary>A list of names from the model, abbreviated to the first.</summary>
    /// <param name="Values">The names, at least one.</param>
    internal sealed record Names(IReadOnlyList<string> Values) : Cell;

    /// <summary>A number before and after.</summary>
    /// <param name="Before">The formatted number before.</param>
    /// <param name="After">The formatted number after.</param>
    internal sealed record Change(string Before, string After) : Cell;

    /// <summary>A bar with a filled part.</summary>
    /// <param name="Before">The length of the bar, 0 to 1.</param>
    /// <param name="After">The length of the filled part, 0 to 1.</param>
    internal sealed record Bar(double Before, double After) : Cell;

    /// <summary>A map of the kept channels.</summary>
    /// <param name="Kept">True for every kept channel.</param>
    internal sealed record ChannelMap(IReadOnlyList<bool> Kept) : Cell;

    /// <summary>A small curve.</summary>
    /// <param name="Curve">The curve; null for none.</param>
    internal sealed record Spark(Curve? Curve) : Cell;
}
