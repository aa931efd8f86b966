namespace OnnxPrune.Cli.Completion;

/// <summary>The supported shells.</summary>
internal enum Shell
{
    /// <summary>GNU Bash.</summary>
    Bash,

    /// <summary>The Z shell.</summary>
    Zsh,

    /// <summary>PowerShell.</summary>
    Pwsh,
}
