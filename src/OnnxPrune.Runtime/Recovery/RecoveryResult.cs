using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Recovery;

/// <summary>A recovered model and what recovery was worth.</summary>
/// <param name="Model">The model: the pruned one itself where nothing came nearer to the original.</param>
/// <param name="Methods">What was applied.</param>
/// <param name="ErrorBefore">Relative squared error of the outputs before recovery, on calibration data that were not fitted: 0 is equal to the
/// original, 1 as bad as its mean.</param>
/// <param name="ErrorAfter">The same after recovery.</param>
public sealed record RecoveryResult(OnnxModel Model, RecoveryMethods Methods, double ErrorBefore, double ErrorAfter)
{
    /// <summary>What was left alone, and why, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
