using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Planning;

namespace OnnxPrune;

/// <summary>
/// The kinds of group to prune. <see cref="Auto"/> prefers what hardware computes fast: whole heads instead of features inside heads, and whole
/// convolution groups instead of channels inside them. It prunes the inner kinds only if the outer kinds cannot be pruned, or if the budget cannot
/// be reached otherwise.
/// </summary>
public sealed class Granularity
{
    private readonly IReadOnlyList<ChannelKind> kinds;

    private Granularity(params IReadOnlyList<ChannelKind> kinds) => this.kinds = kinds;

    /// <summary>Whole heads and convolution groups first.</summary>
    public static Granularity Auto { get; } = new();

    /// <summary>Every kind.</summary>
    public static Granularity All { get; } = new(Enum.GetValues<ChannelKind>());

    /// <summary>Parses <c>auto</c>, <c>all</c>, or a list of kinds such as <c>channels,heads</c>.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the text is not a granularity.</exception>
    public static Granularity Parse(string text)
    {
        if (text == "auto") return Auto;
        if (text == "all") return All;
        return new Granularity(text.Split(',').Select(name => ChannelKinds.Named(name.Trim()) ?? throw Unknown(name)).Distinct().Order().ToList());
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        if (kinds.Count == 0) return "auto";
        return kinds.Count == All.kinds.Count ? "all" : string.Join(',', kinds.Select(kind => kind.Name()));
    }

    /// <summary>The groups to prune, out of the groups that can be pruned.</summary>
    internal List<ChannelGroup> Choose(IReadOnlyList<ChannelGroup> groups)
    {
        if (kinds.Count > 0) return [.. groups.Where(g => kinds.Contains(g.Kind))];
        var variables = groups.Select(g => g.Variable).ToHashSet();
        return [.. groups.Where(g => g.Kind is not (ChannelKind.HeadSize or ChannelKind.InGroup) || !g.Outside.Any(variables.Contains))];
    }

    private static OnnxPruneException Unknown(string name) => new(
        ErrorCodes.InvalidOption,
        $"'{name}' is not a granularity; write auto, all or a list of {string.Join(", ", Enum.GetValues<ChannelKind>().Select(k => k.Name()))}");
}
