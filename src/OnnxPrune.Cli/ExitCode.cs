namespace OnnxPrune.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done, and verified unless that was declined.</summary>
    public const int Done = 0;

    /// <summary>The work failed; nothing was written.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood, or asks for something that makes no sense.</summary>
    public const int WrongUsage = 2;

    /// <summary>Interrupted, as shells number it; nothing was written.</summary>
    public const int Interrupted = 130;
}
