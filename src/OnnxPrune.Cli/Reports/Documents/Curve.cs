namespace OnnxPrune.Cli.Reports.Documents;

/// <summary>A curve over the share of a group that is removed.</summary>
/// <param name="X">Shares removed, 0 to 1, ascending.</param>
/// <param name="Y">A number of at least 0 at each.</param>
/// <param name="Cut">The share that is removed; null where nothing is decided.</param>
internal sealed record Curve(IReadOnlyList<double> X, IReadOnlyList<double> Y, double? Cut)
{
    /// <summary>The largest finite number of the curve; 0 where there is none.</summary>
    public double Largest => Y.Where(double.IsFinite).DefaultIfEmpty(0).Max();
}
