namespace OnnxPrune.MSBuild;

/// <summary>Item metadata that become an option of the tool.</summary>
/// <param name="metadata">The name of the metadata.</param>
/// <param name="option">The name of the option; empty for a plan, which is an argument.</param>
/// <param name="kind">The kind of the value.</param>
/// <param name="commands">The commands that have the option.</param>
internal sealed class ItemOption(string metadata, string option, ItemOptionKind kind, ToolCommands commands)
{
    /// <summary>The name of the metadata.</summary>
    public string Metadata => metadata;

    /// <summary>The name of the option, with its dashes.</summary>
    public string Option => option;

    /// <summary>The kind of the value.</summary>
    public ItemOptionKind Kind => kind;

    /// <summary>The commands that have the option.</summary>
    public ToolCommands Commands => commands;
}
