using OnnxPrune.Model;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>A recovered model and the effect of recovery.</summary>
/// <param name="Model">The recovered model, or the pruned model if no method reduced the error.</param>
/// <param name="Methods">The applied methods.</param>
/// <param name="ErrorBefore">Relative squared error of the outputs before recovery, on held-out calibration data: 0 for outputs equal to the
/// original, 1 for outputs as wrong as the mean of the original.</param>
/// <param name="ErrorAfter">The error after recovery.</param>
public sealed record RecoveryResult(OnnxModel Model, RecoveryMethods Methods, double ErrorBefore, double ErrorAfter)
{
    /// <summary>The layers that were not recovered, with reasons, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
