using System.Globalization;
using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime;

/// <summary>
/// The change of the outputs by pruning, measured on samples without labels. Verification proves that the right channels were removed; this change
/// says what the network lost with them.
/// </summary>
/// <param name="Source">The source of the samples: a path, or <c>synthetic</c>.</param>
/// <param name="Samples">The number of samples.</param>
/// <param name="VarianceShare">Σ‖y − y₀‖² / Σ‖y₀ − mean y₀‖², averaged over the float outputs: 0 for outputs equal to the original, 1 for outputs as wrong
/// as the mean of the original.</param>
/// <param name="TopClassAgreement">The share of samples with the same largest element in the first output of shape [batch, classes], 0 to 1. Null if no
/// output has that shape, with fewer than 16 samples, and for synthetic samples, whose classes are a matter of chance.</param>
public sealed record OutputChange(string Source, int Samples, double VarianceShare, double? TopClassAgreement)
{
    // A network that changes this much loses several points of accuracy (docs/accuracy.md). Synthetic samples vary less than real ones.
    private const double LeastAgreement = 0.9, MostVariance = 0.2, MostSyntheticVariance = 0.5;

    /// <summary>
    /// True if the pruned model should be fine-tuned before use: the top class is the same for less than 90% of the samples; without classes, the
    /// outputs changed by more than 20% of their variance, or by more than 50% on synthetic samples.
    /// </summary>
    public bool IsLarge => TopClassAgreement is { } agreement ? agreement < LeastAgreement : VarianceShare > (IsSynthetic ? MostSyntheticVariance : MostVariance);

    private bool IsSynthetic => Source == CalibrationSet.SyntheticSource;

    /// <summary>The change in one sentence.</summary>
    public override string ToString()
    {
        string samples = string.Create(
            CultureInfo.InvariantCulture, $"{Samples:N0} {(IsSynthetic ? "synthetic samples" : $"samples of {Source}")}");
        string variance = VarianceShare.ToString(VarianceShare < 10 ? "0.0%" : "0%", CultureInfo.InvariantCulture);
        return TopClassAgreement is { } agreement
            ? string.Create(CultureInfo.InvariantCulture, $"the outputs changed by {variance} of their variance; the top class is the same for {agreement * 100:0.0}% of {samples}")
            : $"the outputs changed by {variance} of their variance on {samples}";
    }

    /// <summary>The warning of a large change.</summary>
    internal Diagnostic Warning => new(
        Severity.Warning,
        ErrorCodes.OutputsChanged,
        $"{this}: expect to fine-tune the pruned model; to keep more, {(IsSynthetic ? "calibrate on real samples with --calibration, or " : "")}raise --budget");
}
