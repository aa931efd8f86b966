namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>The shape of a curve comes from a prediction, its height from measurements.</summary>
internal static class MeasuredCurve
{
    /// <summary>The numbers of channels whose removal is measured.</summary>
    public static IReadOnlySet<int> Stops(int size, IReadOnlyList<double> shares) =>
        shares.Select(s => (int)Math.Round(s * size)).Where(k => k > 0 && k < size).ToHashSet();

    /// <summary>The predicted curve times a factor that is interpolated between the measured points, in the number of removed channels.</summary>
    public static IReadOnlyList<double> Through(IReadOnlyList<double> predicted, IReadOnlyList<(int Removed, double Distortion)> measured)
    {
        var factors = measured.Where(m => predicted[m.Removed] > 0).Select(m => (m.Removed, Factor: m.Distortion / predicted[m.Removed])).ToList();
        if (factors.Count == 0) return predicted;
        return [.. predicted.Select((p, k) => p * Factor(factors, k))];
    }

    private static double Factor(List<(int Removed, double Factor)> factors, int removed)
    {
        int right = factors.FindIndex(f => f.Removed >= removed);
        if (right < 0) return factors[^1].Factor;
        if (right == 0) return factors[0].Factor;
        var (a, b) = (factors[right - 1], factors[right]);
        double t = (double)(removed - a.Removed) / (b.Removed - a.Removed);
        return ((1 - t) * a.Factor) + (t * b.Factor);
    }
}
