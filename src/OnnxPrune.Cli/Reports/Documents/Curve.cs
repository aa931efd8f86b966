namespace OnnxPrune.Cli.Reports.Documents;

/// <summary>A curve over the removed share of a group.</summary>
/// <param name="X">The removed shares, 0 to 1, ascending.</param>
/// <param name="Y">A number of at least 0 for each share.</param>
/// <param name="Cut">The share that the plan removes; null without a plan.</param>
internal sealed record Curve(IReadOnlyList<double> X, IReadOnlyList<double> Y, double? Cut)
{
    /// <summary>The largest finite number of the curve, or 0 if there is none.</summary>
    public double Largest => Y.Where(double.IsFinite).DefaultIfEmpty(0).Max();
}
