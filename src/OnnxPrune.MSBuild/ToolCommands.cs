namespace OnnxPrune.MSBuild;

/// <summary>The commands of the tool.</summary>
[Flags]
internal enum ToolCommands
{
    /// <summary>Without a plan: <c>onnxprune prune</c>.</summary>
    Prune = 1,

    /// <summary>With a plan: <c>onnxprune apply</c>.</summary>
    Apply = 2,

    /// <summary>Both commands.</summary>
    Both = Prune | Apply,
}
