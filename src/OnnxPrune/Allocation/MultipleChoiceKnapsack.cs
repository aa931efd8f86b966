namespace OnnxPrune.Allocation;

/// <summary>
/// The multiple-choice knapsack problem (Kellerer, Pferschy, Pisinger 2004, chapter 11): one choice per class, so that the sum of losses is
/// least and the sum of costs within a limit. Dynamic programming over the Pareto front of (cost, loss) of the first classes; choices and
/// states that the Lagrangian bound shows to be no better than a solution already known are left out. Exact unless a front has more
/// points than allowed; then, in each of as many intervals of cost, the point of least loss stays, at its exact cost.
/// </summary>
internal static class MultipleChoiceKnapsack
{
    /// <summary>The default bound of points per front.</summary>
    public const int MostPoints = 4096;

    private const int MostCandidates = 1 << 19;

    /// <summary>The best choices, or null where not even the cheapest meet the limit.</summary>
    /// <param name="costs">The cost of every choice of every class.</param>
    /// <param name="losses">The loss of every choice of every class.</param>
    /// <param name="limit">What all may cost together.</param>
    /// <param name="points">Points that a front may have.</param>
    public static int[]? Solve(IReadOnlyList<double[]> costs, IReadOnlyList<double[]> losses, double limit, int points = MostPoints)
    {
        if (LagrangianRelaxation.Solve(costs, losses, limit) is not { } relaxed) return null;
        if (relaxed.Gap <= 0) return relaxed.Choices;
        var fronts = new List<ParetoFront> { ParetoFront.Empty };
        for (int c = 0; c < costs.Count; c++)
        {
            int[] choices = [.. relaxed.Open(c)];
            var front = fronts[^1].Thin(Math.Min(points, Math.Max(2, MostCandidates / choices.Length)));
            fronts[^1] = front;
            fronts.Add(front.Extend(choices, costs[c], losses[c], relaxed.After(c, limit)));
        }
        int[]? found = fronts[^1].Count == 0 ? null : Trace(fronts);
        return found is not null && Sum(losses, found) < Sum(losses, relaxed.Choices) ? found : relaxed.Choices;
    }

    /// <summary>The sum over classes of what was chosen.</summary>
    public static double Sum(IReadOnlyList<double[]> table, int[] choices) => choices.Select((choice, c) => table[c][choice]).Sum();

    // Along a front, loss falls as cost rises, so that the last point is the best.
    private static int[] Trace(List<ParetoFront> fronts)
    {
        var choices = new int[fronts.Count - 1];
        int at = fronts[^1].Count - 1;
        for (int c = choices.Length; c > 0; c--)
        {
            var point = fronts[c][at];
            choices[c - 1] = point.Choice;
            at = point.Parent;
        }
        return choices;
    }
}
