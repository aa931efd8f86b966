using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>What lists are sorted by.</summary>
internal enum ListingOrder
{
    /// <summary>Most multiply-accumulates first.</summary>
    Macs,

    /// <summary>Most parameters first.</summary>
    Params,

    /// <summary>As the model has them.</summary>
    Graph,

    /// <summary>By name.</summary>
    Name,
}

/// <summary>The options of commands that print lists: how long they are, and in which order.</summary>
internal static class ListingOptions
{
    /// <summary>Rows of a list that fit a screen together with others.</summary>
    public const int Screenful = 20;

    /// <summary>The longest list; null for the default.</summary>
    public static readonly Option<int?> Top = TypedOption.Of<int?>(
        "--top", "N|all", $"Rows of every list at most (default: {Screenful}).", text => text == "all" ? int.MaxValue : OptionValues.Positive(text));

    /// <summary>The order.</summary>
    public static readonly Option<ListingOrder> Sort = TypedOption.Of(
        "--sort", "macs|params|graph|name", "What lists are sorted by, largest first (default: macs).", OptionValues.OneOf<ListingOrder>);

    /// <summary>A file instead of standard output.</summary>
    public static readonly Option<string?> Output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write to this file instead of standard output.",
    };

    /// <summary>The longest list that a run asks for.</summary>
    public static int TopOf(Invocation run) => run.Value(Top) ?? Screenful;

    /// <summary>Sorts a list; what is equal stays in the order of the model.</summary>
    public static IEnumerable<T> Sorted<T>(
        IEnumerable<T> list, ListingOrder order, Func<T, long> macs, Func<T, long> parameters, Func<T, string> name) => order switch
    {
        ListingOrder.Macs => list.OrderByDescending(macs).ThenByDescending(parameters),
        ListingOrder.Params => list.OrderByDescending(parameters).ThenByDescending(macs),
        ListingOrder.Name => list.OrderBy(name, StringComparer.Ordinal),
        _ => list,
    };
}
