using System.CommandLine;
using OnnxPrune.Groups;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that choose what <c>inspect</c> shows.</summary>
internal static class InspectOptions
{
    /// <summary>Explain one node, group, tensor or axis.</summary>
    public static readonly Option<string?> Explain = new("--explain")
    {
        HelpName = "NAME",
        Description = "Explain a node, group, tensor, or axis such as fc.weight[1]: show what pins or couples it, and through which nodes.",
    };

    /// <summary>Print the result of one stage of the analysis.</summary>
    public static readonly Option<string?> Dump = TypedOption.Of<string?>(
        "--dump", string.Join('|', StageDump.Stages), "Print the result of one stage of the analysis as text lines (default: none).", text =>
            StageDump.Stages.Contains(text) ? text : throw OptionValues.Invalid($"'{text}' is not a stage; use {string.Join(", ", StageDump.Stages)}"));

    private static readonly Option<bool> Nodes = new("--nodes") { Description = "Show the nodes." };

    private static readonly Option<bool> Groups = new("--groups") { Description = "Show the groups of coupled channels." };

    private static readonly Option<bool> Pinned = new("--pinned") { Description = "Show the pinned weight axes with reasons." };

    /// <summary>Adds these options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Nodes, Groups, Pinned, Explain, Dump, ListingOptions.Top, ListingOptions.Sort }) command.Options.Add(option);
    }

    /// <summary>The requested sections; all of them if none is requested.</summary>
    public static InspectSections SectionsOf(Invocation run)
    {
        var (nodes, groups, pinned) = (run.Value(Nodes), run.Value(Groups), run.Value(Pinned));
        bool all = !nodes && !groups && !pinned;
        return new InspectSections(nodes || all, groups || all, pinned || all, ListingOptions.TopOf(run), run.Value(ListingOptions.Sort));
    }
}

/// <summary>Which lists <c>inspect</c> shows, and how.</summary>
/// <param name="Nodes">True to show the nodes.</param>
/// <param name="Groups">True to show the groups.</param>
/// <param name="Pinned">True to show the pinned axes.</param>
/// <param name="Top">The largest number of rows of each list.</param>
/// <param name="Order">The sort order.</param>
internal sealed record InspectSections(bool Nodes, bool Groups, bool Pinned, int Top, ListingOrder Order);
