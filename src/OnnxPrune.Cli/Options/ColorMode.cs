namespace OnnxPrune.Cli.Options;

/// <summary>When output is coloured.</summary>
internal enum ColorMode
{
    /// <summary>On terminals that can, unless NO_COLOR is set.</summary>
    Auto,

    /// <summary>Also in pipes and files.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
