using OnnxPrune.Groups;
namespace OnnxPrune;

/// <summary>The kind of the indices of a group.</summary>
public enum ChannelKind
{
    /// <summary>Channels, features or hidden units.</summary>
    Channels,

    /// <summary>Whole attention heads, or groups of queries that share keys and values.</summary>
    Heads,

    /// <summary>Features inside every head.</summary>
    HeadSize,

    /// <summary>Whole groups of a grouped convolution or group normalisation.</summary>
    ConvGroups,

    /// <summary>Channels inside every group of a grouped convolution or group normalisation.</summary>
    InGroup,
}

/// <summary>Maps the kinds to the names on the command line and in files.</summary>
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

    /// <summary>The kind with a name, or null.</summary>
    public static ChannelKind? Named(string name)
    {
        foreach (var kind in Enum.GetValues<ChannelKind>()) if (kind.Name() == name) return kind;
        return null;
    }
}
