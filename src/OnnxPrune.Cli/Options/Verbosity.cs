namespace OnnxPrune.Cli.Options;

/// <summary>How much the command says. Each level says what the one before it says, and more.</summary>
internal enum Verbosity
{
    /// <summary>Errors, and documents that were asked for with <c>--json</c> or <c>--format</c>.</summary>
    Quiet,

    /// <summary>Warnings and the result.</summary>
    Minimal,

    /// <summary>Progress, on a terminal.</summary>
    Normal,

    /// <summary>The time that each stage took.</summary>
    Detailed,

    /// <summary>Stack traces of failures.</summary>
    Diagnostic,
}
