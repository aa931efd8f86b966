namespace OnnxPrune.Cli;

/// <summary>How much the command prints. Each level adds to the level before it.</summary>
internal enum Verbosity
{
    /// <summary>Errors, and documents requested with <c>--json</c> or <c>--format</c>.</summary>
    Quiet,

    /// <summary>Warnings and the result.</summary>
    Minimal,

    /// <summary>Progress, on a terminal.</summary>
    Normal,

    /// <summary>The time of each stage and exact figures.</summary>
    Detailed,

    /// <summary>Stack traces of failures.</summary>
    Diagnostic,
}
