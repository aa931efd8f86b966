using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Runtime.Tests.Benchmarking;

/// <summary>
/// The search for a plan that keeps a latency budget, with measurements that the tests make up: a plan is the share that it was made for.
/// </summary>
public class LatencySearchTests
{
    [Fact]
    public void What_keeps_the_budget_at_once_is_measured_once()
    {
        var measured = new List<double>();

        var (plan, ratio) = Search(0.7, share => share - 0.02, measured);

        Assert.Equal("0.7", plan);
        Assert.Equal(0.68, ratio.Median, 1e-9);
        Assert.Equal([0.7], measured);
    }

    // A model that is far too hopeful, and one that is far too timid.
    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(1.5, 0)]
    [InlineData(0.2, 0.55)]
    public void A_wrong_model_of_latency_is_corrected(double slope, double height)
    {
        var (_, ratio) = Search(0.7, share => height + (slope * share), []);

        Assert.InRange(ratio.Median, 0.64, 0.7);
    }

    [Fact]
    public void Steps_of_aligned_sizes_end_below_the_budget_and_on_the_nearest()
    {
        var (_, ratio) = Search(0.6, share => Math.Ceiling(share * 5) / 5 * 0.95, []);

        Assert.Equal(0.57, ratio.Median, 1e-9);
    }

    [Fact]
    public void A_plan_whose_interval_reaches_above_the_budget_does_not_keep_it()
    {
        var (_, ratio) = new LatencySearch<string>(0.7, plan => Ratio(double.Parse(plan, System.Globalization.CultureInfo.InvariantCulture), 0.05))
            .Run(Text);

        Assert.InRange(ratio.High, 0, 0.7);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void What_is_never_measured_fast_enough_is_refused(double budget)
    {
        var measured = new List<double>();

        var failure = Assert.Throws<OnnxPruneException>(() => Search(budget, share => 1.05 + (0.1 * share), measured));

        Assert.Equal(ErrorCodes.LatencyOutOfReach, failure.Code);
        Assert.InRange(measured.Count, 1, 7);
        Assert.Contains("of the original's time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_planned_bounds_the_search()
    {
        static string Plan(double share) => share < 0.4 ? throw new OnnxPruneException(ErrorCodes.BudgetOutOfReach, "too little") : Text(share);

        var (plan, ratio) = new LatencySearch<string>(
            0.8, made => Ratio(0.35 + double.Parse(made, System.Globalization.CultureInfo.InvariantCulture), 0))
            .Run(Plan);

        Assert.InRange(double.Parse(plan, System.Globalization.CultureInfo.InvariantCulture), 0.4, 0.45);
        Assert.InRange(ratio.Median, 0.75, 0.8);
    }

    [Fact]
    public void A_budget_that_cannot_be_planned_at_all_says_so() =>
        Assert.Equal(ErrorCodes.BudgetOutOfReach, Assert.Throws<OnnxPruneException>(() =>
            new LatencySearch<string>(0.5, _ => Ratio(1, 0)).Run(_ => throw new OnnxPruneException(ErrorCodes.BudgetOutOfReach, "too little"))).Code);

    [Fact]
    public void A_result_that_is_measured_slower_in_the_end_is_refused()
    {
        LatencySelection.CheckResult(Ratio(0.999, 0.1));

        Assert.Equal(ErrorCodes.LatencyOutOfReach, Assert.Throws<OnnxPruneException>(() => LatencySelection.CheckResult(Ratio(1.001, 0.1))).Code);
    }

    private static (string Plan, RatioEstimate Ratio) Search(double budget, Func<double, double> latency, List<double> measured) =>
        new LatencySearch<string>(budget, plan =>
    {
        measured.Add(double.Parse(plan, System.Globalization.CultureInfo.InvariantCulture));
        return Ratio(latency(measured[^1]), 0.002);
    }).Run(Text);

    private static RatioEstimate Ratio(double median, double spread) => new(median, median - spread, median + spread, 20);

    private static string Text(double share) => share.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
