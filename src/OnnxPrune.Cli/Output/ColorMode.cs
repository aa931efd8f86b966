namespace OnnxPrune.Cli;

/// <summary>When to colour output.</summary>
internal enum ColorMode
{
    /// <summary>On terminals that support colour, unless NO_COLOR is set.</summary>
    Auto,

    /// <summary>Also in pipes and files.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
