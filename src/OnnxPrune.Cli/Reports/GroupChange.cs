using System.Globalization;
using OnnxPrune.Importance;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Reports;

/// <summary>One group before and after pruning.</summary>
/// <param name="Id">The stable name.</param>
/// <param name="Kind">The kind of its channels; null if the plan does not record it.</param>
/// <param name="Size">The number of channels before.</param>
/// <param name="Kept">The number of channels after.</param>
/// <param name="Exact">True if removing channels is equivalent to zeroing them.</param>
/// <param name="Ranges">The kept channels, as <c>0-3,5,7-15</c>.</param>
/// <param name="Curve">The importance curve; null if this run did not score the group.</param>
internal sealed record GroupChange(string Id, string? Kind, int Size, int Kept, bool Exact, string Ranges, CurveReport? Curve)
{
    /// <summary>Every group of a decision.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="curves">The curves that the decision was made from.</param>
    public static IReadOnlyList<GroupChange> Of(PruningDecision decision, IReadOnlyList<GroupCurve> curves)
    {
        bool measured = decision.Options.Criterion.StartsWith(CurveFileCriterion.Prefix, StringComparison.Ordinal)
            || CriterionTable.All.Any(c => c is CurveCriterion && c.Name == decision.Options.Criterion);
        var byId = curves.ToDictionary(c => c.Group.Id);
        CurveReport? CurveOf(PlannedGroup g) => byId.TryGetValue(g.Id, out var curve) ? CurveReport.Of(curve, g.Size - g.KeptCount, measured) : null;
        return [.. decision.Groups.Select(g => new GroupChange(g.Id, g.Kind, g.Size, g.KeptCount, g.Exact, g.Kept, CurveOf(g)))];
    }
}

/// <summary>Importance and sensitivity of a group at a selection of its sizes, including the cut.</summary>
/// <param name="Removed">The numbers of removed channels, ascending; the least important channels are removed first.</param>
/// <param name="Importance">For each number, the importance of the next channel to remove.</param>
/// <param name="OutputError">For each number, the relative squared error of the outputs; null if the criterion does not measure it.</param>
internal sealed record CurveReport(IReadOnlyList<int> Removed, IReadOnlyList<double> Importance, IReadOnlyList<double>? OutputError)
{
    private const int MostPoints = 33;

    /// <summary>
    /// The curve at no more than 34 points. A measured curve ends at the last channel but one, because its final point is not a measurement.
    /// </summary>
    /// <param name="curve">The curve.</param>
    /// <param name="cut">The number of channels that the plan removes.</param>
    /// <param name="measured">True if the distortion is the measured error of the outputs.</param>
    public static CurveReport Of(GroupCurve curve, int cut, bool measured)
    {
        int last = Math.Max(0, curve.Order.Count - (measured ? 2 : 1)), points = Math.Min(MostPoints, last + 1);
        var even = Enumerable.Range(0, points).Select(i => points == 1 ? 0 : (int)((long)i * last / (points - 1)));
        var removed = even.Append(cut).Distinct().Order().ToList();
        var scores = curve.Scores();
        var importance = removed.ConvertAll(k => Short(scores[curve.Order[Math.Min(k, last)]]));
        return new CurveReport(removed, importance, measured ? removed.ConvertAll(k => Short(curve.Distortion[k])) : null);
    }

    private static double Short(double number) => double.Parse(number.ToString("g5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
