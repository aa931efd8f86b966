using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>The options that say what <c>inspect</c> shows.</summary>
internal static class InspectOptions
{
    /// <summary>Only the chain from one thing to what pins it.</summary>
    public static readonly Option<string?> Explain = new("--explain")
    {
        HelpName = "NAME",
        Description = "Explain a node, a group, a tensor, or an axis such as fc.weight[1]: what pins or couples it, and through which nodes.",
    };

    private static readonly Option<bool> Nodes = new("--nodes") { Description = "Show the nodes." };

    private static readonly Option<bool> Groups = new("--groups") { Description = "Show the groups of coupled channels." };

    private static readonly Option<bool> Pinned = new("--pinned") { Description = "Show what is pinned, and why." };

    /// <summary>Adds all of them to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Nodes, Groups, Pinned, Explain, ListingOptions.Top, ListingOptions.Sort }) command.Options.Add(option);
    }

    /// <summary>The sections that a run asks for; all where it names none.</summary>
    public static InspectSections SectionsOf(Invocation run)
    {
        var (nodes, groups, pinned) = (run.Value(Nodes), run.Value(Groups), run.Value(Pinned));
        bool all = !nodes && !groups && !pinned;
        return new InspectSections(nodes || all, groups || all, pinned || all, ListingOptions.TopOf(run), run.Value(ListingOptions.Sort));
    }
}

/// <summary>Which lists are shown, and how.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Pinned">What is pinned.</param>
/// <param name="Top">Rows of each at most.</param>
/// <param name="Order">What they are sorted by.</param>
internal sealed record InspectSections(bool Nodes, bool Groups, bool Pinned, int Top, ListingOrder Order);
