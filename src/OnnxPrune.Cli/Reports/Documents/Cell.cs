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

    /// <summary>Names from the model, of which the first stands for all.</summary>
    /// <param name="Values">The names, at least one.</param>
    internal sealed record Names(IReadOnlyList<string> Values) : Cell;

    /// <summary>A number before and after.</summary>
    /// <param name="Before">As people read it.</param>
    /// <param name="After">As people read it.</param>
    internal sealed record Change(string Before, string After) : Cell;

    /// <summary>A bar, what is left of it drawn into what it was.</summary>
    /// <param name="Before">Its length, 0 to 1.</param>
    /// <param name="After">What is left, 0 to 1.</param>
    internal sealed record Bar(double Before, double After) : Cell;

    /// <summary>Which channels stay.</summary>
    /// <param name="Kept">True for each that stays.</param>
    internal sealed record ChannelMap(IReadOnlyList<bool> Kept) : Cell;

    /// <summary>A small curve.</summary>
    /// <param name="Curve">The curve; null for none.</param>
    internal sealed record Spark(Curve? Curve) : Cell;
}
