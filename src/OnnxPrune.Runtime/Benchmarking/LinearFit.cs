namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>A line through measured points, by least squares with neither number below 0: a time does not grow as work shrinks.</summary>
/// <param name="Fixed">Its height at no work.</param>
/// <param name="Slope">What all the work adds.</param>
internal readonly record struct LinearFit(double Fixed, double Slope)
{
    /// <summary>The line through points; at least one.</summary>
    public static LinearFit Through(IReadOnlyList<(double Work, double Time)> points)
    {
        double x = points.Average(p => p.Work), y = points.Average(p => p.Time);
        double squares = points.Sum(p => (p.Work - x) * (p.Work - x)), products = points.Sum(p => (p.Work - x) * (p.Time - y));
        double slope = squares > 1e-12 ? products / squares : 0;
        if (slope <= 0) return new LinearFit(y, 0);
        double height = y - (slope * x);
        return height >= 0 ? new LinearFit(height, slope) : new LinearFit(0, points.Sum(p => p.Work * p.Time) / points.Sum(p => p.Work * p.Work));
    }
}
