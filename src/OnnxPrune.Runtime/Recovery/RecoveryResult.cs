using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
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

    /// <summary>The number of held-out samples that the outputs were compared on.</summary>
    internal int Compared { get; init; }

    /// <summary>The share of these samples with the same top class as the original, after recovery; null without classes.</summary>
    internal double? Agreement { get; init; }

    /// <summary>The change of the outputs after recovery.</summary>
    /// <param name="samples">The samples.</param>
    internal OutputChange ChangeOn(CalibrationSet samples) => new(samples.Source, Compared, ErrorAfter, samples.IsSynthetic ? null : Agreement);
}
