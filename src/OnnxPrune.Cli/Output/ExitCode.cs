namespace OnnxPrune.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    /// <summary>The command succeeded, and the result is verified unless <c>--no-verify</c> was given.</summary>
    public const int Done = 0;

    /// <summary>The command failed; nothing was written.</summary>
    public const int Failed = 1;

    /// <summary>The command line is invalid.</summary>
    public const int WrongUsage = 2;

    /// <summary>The command was interrupted (the number that shells use); nothing was written.</summary>
    public const int Interrupted = 130;
}
