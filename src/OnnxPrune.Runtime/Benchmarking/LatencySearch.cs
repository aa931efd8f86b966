using System.Globalization;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>
/// Finds what may remain by the model of latency so that what is measured keeps the budget: plan, measure, correct, as the secant method
/// does, and again. A plan keeps the budget when the upper end of its measured interval does.
/// </summary>
/// <param name="budget">The share of the original's latency that may remain.</param>
/// <param name="measure">Measures a plan against the original.</param>
/// <typeparam name="T">A plan.</typeparam>
internal sealed class LatencySearch<T>(double budget, Func<T, RatioEstimate> measure)
    where T : class
{
    private const int MostTrials = 7;

    // How far below the budget a plan may end.
    private const double Slack = 0.03;
    private readonly List<(double Target, RatioEstimate Ratio)> tried = [];
    private (T Plan, RatioEstimate Ratio)? best;
    private double low, high = 1;

    /// <summary>The plan that keeps the budget and is nearest to it, and what it was measured to take.</summary>
    /// <param name="plan">The plan for a share that may remain by the model of latency.</param>
    /// <param name="progress">Called with the number of trials done and their most.</param>
    /// <exception cref="OnnxPruneException">OP4009: none keeps it.</exception>
    public (T Plan, RatioEstimate Ratio) Run(Func<double, T> plan, Action<int, int>? progress = null)
    {
        double target = budget;
        for (int trial = 0; trial < MostTrials && high - low > 0.002; trial++)
        {
            if (Planned(plan, target) is not { } made) low = Math.Max(low, target);
            else if (Try(made, target)) break;
            progress?.Invoke(trial + 1, MostTrials);
            target = Next();
        }
        return best ?? throw OutOfReach();
    }

    // Null where so little cannot remain; the first time that is for the caller to know.
    private T? Planned(Func<double, T> plan, double target)
    {
        try
        {
            return plan(target);
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.BudgetOutOfReach && tried.Count > 0)
        {
            return null;
        }
    }

    // True where it is good enough.
    private bool Try(T plan, double target)
    {
        var ratio = measure(plan);
        tried.Add((target, ratio));
        bool keeps = ratio.High <= budget;
        if (keeps) low = Math.Max(low, target);
        else high = Math.Min(high, target);
        if (keeps && !(best?.Ratio.Median >= ratio.Median)) best = (plan, ratio);
        return keeps && ratio.Median >= budget - Slack - (ratio.High - ratio.Median);
    }

    private double Next()
    {
        if (tried.Count == 0) return (low + high) / 2;
        var (target, ratio) = tried[^1];
        double goal = Math.Max(budget - (ratio.High - ratio.Median) - (Slack / 4), budget / 2), slope = target / ratio.Median;
        if (tried.Count > 1)
        {
            var (before, then) = tried[^2];
            double secant = (target - before) / (ratio.Median - then.Median);
            if (secant > slope / 4 && secant < slope * 4) slope = secant;
        }
        double next = target + ((goal - ratio.Median) * slope);
        return next > low && next < high ? next : (low + high) / 2;
    }

    private OnnxPruneException OutOfReach()
    {
        var nearest = tried.MinBy(t => t.Ratio.High).Ratio;
        return new OnnxPruneException(ErrorCodes.LatencyOutOfReach, string.Create(
            CultureInfo.InvariantCulture,
            $"the latency budget of {100 * budget:0.####}% cannot be met: the fastest of {tried.Count} pruned models takes "
            + $"{100 * nearest.Median:0.0}% of the original's time (at most {100 * nearest.High:0.0}%); "
            + $"raise the budget, lower --round-to, or measure longer with --seconds"));
    }
}
