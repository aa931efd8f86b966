using System.Globalization;
using OnnxPrune.Importance;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Reports;

/// <summary>What became of one group.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Kind">What its channels are; null in plans that do not say.</param>
/// <param name="Size">Channels before.</param>
/// <param name="Kept">Channels after.</param>
/// <param name="Exact">True when removing equals zeroing.</param>
/// <param name="Ranges">The channels that stay, as <c>0-3,5,7-15</c>.</param>
/// <param name="Curve">What its channels are worth; null where the group was not scored in this run.</param>
internal sealed record GroupChange(string Id, string? Kind, int Size, int Kept, bool Exact, string Ranges, CurveReport? Curve)
{
    /// <summary>Every group of a decision.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="curves">The curves that it was made from.</param>
    public static IReadOnlyList<GroupChange> Of(PruningDecision decision, IReadOnlyList<GroupCurve> curves)
    {
        bool measured = decision.Options.Criterion.StartsWith(CurveFileCriterion.Prefix, StringComparison.Ordinal)
            || CriterionTable.All.Any(c => c is CurveCriterion && c.Name == decision.Options.Criterion);
        var byId = curves.ToDictionary(c => c.Group.Id);
        CurveReport? CurveOf(PlannedGroup g) => byId.TryGetValue(g.Id, out var curve) ? CurveReport.Of(curve, g.Size - g.KeptCount, measured) : null;
        return [.. decision.Groups.Select(g => new GroupChange(g.Id, g.Kind, g.Size, g.KeptCount, g.Exact, g.Kept, CurveOf(g)))];
    }
}

/// <summary>Importance and sensitivity of a group at some of its sizes, the cut among them.</summary>
/// <param name="Removed">Numbers of channels removed, ascending, the least important first.</param>
/// <param name="Importance">The importance of the channel that would leave next after each.</param>
/// <param name="OutputError">Relative squared error of the outputs after each, where the criterion measures it; else null.</param>
internal sealed record CurveReport(IReadOnlyList<int> Removed, IReadOnlyList<double> Importance, IReadOnlyList<double>? OutputError)
{
    private const int MostPoints = 33;

    /// <summary>
    /// A curve at no more than 34 points. Where it is measured, what follows the last channel but one is no measurement, and left out.
    /// </summary>
    /// <param name="curve">The curve.</param>
    /// <param name="cut">Channels that were removed.</param>
    /// <param name="measured">Whether its distortion is the error of the outputs.</param>
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
