using OnnxPrune.Groups;
namespace OnnxPrune;

/// <summary>What the indices of a group are.</summary>
public enum ChannelKind
{
    /// <summary>Channels, features or hidden units.</summary>
    Channels,

    /// <summary>Whole heads of attention, or queries that share keys and values.</summary>
    Heads,

    /// <summary>Features of every head.</summary>
    HeadSize,

    /// <summary>Whole groups of a grouped convolution or normalisation.</summary>
    ConvGroups,

    /// <summary>Channels in every such group.</summary>
    InGroup,
}

/// <summary>The kinds by their names on the command line and in files.</summary>
internal static class ChannelKinds
{
    /// <summary>The name of a kind, such as <c>head-size</c>.</summary>
    public static string Name(this ChannelKind kind) => kind switch
    {
        ChannelKind.Channels => "channels",
        ChannelKind.Heads => "heads",
        ChannelKind.HeadSize => "head-size",
        ChannelKind.ConvGroups => "conv-groups",
        _ => "in-group",
    };

    /// <summary>The kind of a name, or null.</summary>
    public static ChannelKind? Named(string name)
    {
        foreach (var kind in Enum.GetValues<ChannelKind>()) if (kind.Name() == name) return kind;
        return null;
    }
}
