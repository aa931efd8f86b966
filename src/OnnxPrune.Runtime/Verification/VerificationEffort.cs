namespace OnnxPrune.Runtime;

/// <summary>How thoroughly a result is verified.</summary>
public enum VerificationEffort
{
    /// <summary><see cref="Full"/>, or <see cref="Quick"/> for models of more than 40 GMACs.</summary>
    Automatic,

    /// <summary>No verification.</summary>
    None,

    /// <summary>One choice of the symbolic dimensions; random weights only if the model's own weights could not show an error.</summary>
    Quick,

    /// <summary>Two choices of the symbolic dimensions, with the model's own weights and with random weights.</summary>
    Full,
}
