namespace OnnxPrune.Runtime;

/// <summary>The stages of a run, in the order in which they come.</summary>
public enum PruningStage
{
    /// <summary>Reads the model.</summary>
    Loading,

    /// <summary>Infers shapes, layouts and groups.</summary>
    Analysing,

    /// <summary>Reads or makes calibration samples.</summary>
    Calibrating,

    /// <summary>Scores channels and decides which stay.</summary>
    Planning,

    /// <summary>Measures how long candidates for a latency budget take.</summary>
    MeasuringCandidates,

    /// <summary>Removes the channels.</summary>
    Rewriting,

    /// <summary>Runs the pruned model against the masked original.</summary>
    Verifying,

    /// <summary>Fits the remaining weights to the original's activations.</summary>
    Recovering,

    /// <summary>Measures the accuracy of the original.</summary>
    EvaluatingOriginal,

    /// <summary>Measures the accuracy of the result.</summary>
    EvaluatingResult,

    /// <summary>Measures the latency of the original and of the result.</summary>
    MeasuringLatency,
}

/// <summary>How far a run is.</summary>
/// <param name="Stage">The stage that is under way.</param>
/// <param name="Done">Parts of the stage that are done.</param>
/// <param name="Total">All parts of the stage; 0 where their number is not known.</param>
public readonly record struct PruningProgress(PruningStage Stage, int Done, int Total);
