using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The sort order of lists.</summary>
internal enum ListingOrder
{
    /// <summary>Most multiply-accumulates first.</summary>
    Macs,

    /// <summary>Most parameters first.</summary>
    Params,

    /// <summary>In the order of the model.</summary>
    Graph,

    /// <summary>By name.</summary>
    Name,
}

/// <summary>The options of commands that print lists: length, order and output file.</summary>
internal static class ListingOptions
{
    /// <summary>The default number of rows of a list.</summary>
    public const int Screenful = 20;

    /// <summary>The largest number of rows; null for the default.</summary>
    public static readonly Option<int?> Top = TypedOption.Of<int?>(
        "--top", "N|all", $"Largest number of rows per list (default: {Screenful}).",
        text => text == "all" ? int.MaxValue : OptionValues.Positive(text));

    /// <summary>The order.</summary>
    public static readonly Option<ListingOrder> Sort = TypedOption.Of(
        "--sort", "macs|params|graph|name", "How to sort lists, largest first (default: macs).", OptionValues.OneOf<ListingOrder>);

    /// <summary>The output file that replaces standard output.</summary>
    public static readonly Option<string?> Output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Write to this file instead of standard output.",
    };

    /// <summary>The largest number of rows for a run.</summary>
    public static int TopOf(Invocation run) => run.Value(Top) ?? Screenful;

    /// <summary>Sorts a list; equal elements keep the order of the model.</summary>
    public static IEnumerable<T> Sorted<T>(
        IEnumerable<T> list, ListingOrder order, Func<T, long> macs, Func<T, long> parameters, Func<T, string> name) => order switch
        {
            ListingOrder.Macs => list.OrderByDescending(macs).ThenByDescending(parameters),
            ListingOrder.Params => list.OrderByDescending(parameters).ThenByDescending(macs),
            ListingOrder.Name => list.OrderBy(name, StringComparer.Ordinal),
            _ => list,
        };
}
