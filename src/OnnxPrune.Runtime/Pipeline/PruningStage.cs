namespace OnnxPrune.Runtime;

/// <summary>The stages of a run, in order.</summary>
public enum PruningStage
{
    /// <summary>Reads the model.</summary>
    Loading,

    /// <summary>Infers shapes, layouts and groups.</summary>
    Analysing,

    /// <summary>Reads or generates calibration samples.</summary>
    Calibrating,

    /// <summary>Scores channels and selects the channels to keep.</summary>
    Planning,

    /// <summary>Measures the latency of candidates for a latency budget.</summary>
    MeasuringCandidates,

    /// <summary>Removes the channels.</summary>
    Rewriting,

    /// <summary>Compares the pruned model with the masked original by running both.</summary>
    Verifying,

    /// <summary>Measures the change of the outputs.</summary>
    MeasuringOutputs,

    /// <summary>Fits the remaining weights to the original's activations.</summary>
    Recovering,

    /// <summary>Measures the accuracy of the original.</summary>
    EvaluatingOriginal,

    /// <summary>Measures the accuracy of the result.</summary>
    EvaluatingResult,

    /// <summary>Measures the latency of the original and of the result.</summary>
    MeasuringLatency,
}

/// <summary>The progress of a run.</summary>
/// <param name="Stage">The current stage.</param>
/// <param name="Done">The number of completed parts of the stage.</param>
/// <param name="Total">The number of all parts of the stage; 0 if it is not known.</param>
public readonly record struct PruningProgress(PruningStage Stage, int Done, int Total);
