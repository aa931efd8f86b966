using OnnxPrune.Groups;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// Bounds the work on synthetic samples for wide networks, the same for a selection and for the plan that it leaves. Samples of the user, and narrow
/// networks, have the full number of positions.
/// </summary>
internal static class SyntheticEffort
{
    private const double MostMacs = 2e12, EliminationMacs = 5e10;
    private const int Least = 8192;

    /// <summary>True if the elimination of channels in the matrices of moments takes long.</summary>
    public static bool IsWide(ModelAnalysis analysis) => FeaturePower.Sum(analysis, 3) > EliminationMacs;

    /// <summary>True for synthetic samples of a wide network: its layers are fitted once, without the refits of rectified layers.</summary>
    public static bool FitsOnce(CalibrationDomain domain) => domain.Data.IsSynthetic && IsWide(domain.Model);

    /// <summary>The number of positions of the activations that the second moments of a layer are taken over.</summary>
    /// <param name="domain">The model and its samples.</param>
    /// <param name="most">The full number.</param>
    public static int Positions(CalibrationDomain domain, int most)
    {
        if (!domain.Data.IsSynthetic) return most;
        return (int)Math.Clamp(MostMacs / Math.Max(1, FeaturePower.Sum(domain.Analysis, 2)), Math.Min(Least, most), most);
    }
}
