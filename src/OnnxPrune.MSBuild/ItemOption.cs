namespace OnnxPrune.MSBuild;

/// <summary>One piece of item metadata that becomes an option of the tool.</summary>
/// <param name="metadata">The metadata's name.</param>
/// <param name="option">The option's name, or nothing for a plan, which is an argument.</param>
/// <param name="kind">What its value is.</param>
/// <param name="commands">The commands that take it.</param>
internal sealed class ItemOption(string metadata, string option, ItemOptionKind kind, ToolCommands commands)
{
    /// <summary>The metadata's name.</summary>
    public string Metadata => metadata;

    /// <summary>The option's name, with its dashes.</summary>
    public string Option => option;

    /// <summary>What its value is.</summary>
    public ItemOptionKind Kind => kind;

    /// <summary>The commands that take it.</summary>
    public ToolCommands Commands => commands;
}
