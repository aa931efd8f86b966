using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Sensitivity;

namespace OnnxPrune.Runtime.Selection;

/// <summary>
/// Calibration that no option asks for: synthetic samples, in numbers that bound the work by the MACs of the model, so that a run takes about a
/// minute on two cores. The measurement of groups is the largest part; models that it would take too long for keep a criterion of weights.
/// </summary>
/// <param name="Samples">The number of samples for the criterion and the recovery.</param>
/// <param name="Measured">The number of samples that every group is measured on.</param>
/// <param name="Criterion">The criterion.</param>
internal sealed record UsualCalibration(int Samples, int Measured, Criterion Criterion)
{
    // Of one pass over the samples, of the measurement of the groups, and of a comparison of outputs alone.
    private const double PassMacs = 3e11, MeasuringMacs = 1.5e12, ComparingMacs = 3e10, ComparingBytes = 1 << 28;
    private const int LeastSamples = 4, LeastMeasured = 32, ComparedSamples = 128;

    /// <summary>The usual calibration of a model.</summary>
    public static UsualCalibration Of(ModelAnalysis analysis)
    {
        var measuring = new SensitivityOptions();
        double macs = MacsOf(analysis);
        double measurements = Math.Max(1, analysis.Groups.Count(g => g.IsExact)) * measuring.Shares.Count;
        double measured = MeasuringMacs / (macs * measurements);
        return new UsualCalibration(
            Bounded(PassMacs / macs, CalibrationSet.DefaultSamples(analysis)),
            (int)Math.Clamp(measured, LeastMeasured, measuring.Samples),
            CriterionTable.Named(measured < LeastMeasured || SyntheticEffort.IsWide(analysis) ? "l2" : "obs"));
    }

    /// <summary>The number of samples to compare outputs on.</summary>
    public static int Compared(ModelAnalysis analysis)
    {
        double byTime = ComparingMacs / MacsOf(analysis);
        return Bounded(Math.Min(byTime, ComparingBytes / Math.Max(1, LiveActivations.BytesPerSample(analysis))), ComparedSamples);
    }

    private static double MacsOf(ModelAnalysis analysis) => Math.Max(1, analysis.Cost.Total(_ => null).Macs);

    private static int Bounded(double samples, int most) => (int)Math.Clamp(samples, Math.Min(LeastSamples, most), most);
}
