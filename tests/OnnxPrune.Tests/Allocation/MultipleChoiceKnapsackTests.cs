using OnnxPrune.Testing;

namespace OnnxPrune.Allocation;

public class MultipleChoiceKnapsackTests
{
    [Theory]
    [InlineData("whole numbers", true)]
    [InlineData("fractions", false)]
    public void The_solution_is_that_of_brute_force(string name, bool whole)
    {
        var random = new SplitMix64(SplitMix64.Seed(name));
        for (int trial = 0; trial < 400; trial++)
        {
            var (costs, losses) = Tables(random, classes: 1 + (trial % 5), choices: 5, whole);
            double limit = Limit(costs, random.Next() * 1.1);
            int[]? expected = BruteForce(costs, losses, limit), found = MultipleChoiceKnapsack.Solve(costs, losses, limit);
            Assert.Equal(expected is null, found is null);
            if (found is null) continue;
            Assert.InRange(MultipleChoiceKnapsack.Sum(costs, found), double.NegativeInfinity, limit);
            Assert.Equal(MultipleChoiceKnapsack.Sum(losses, expected!), MultipleChoiceKnapsack.Sum(losses, found), 1e-9);
        }
    }

    [Fact]
    public void Fronts_that_are_thinned_still_keep_the_limit_and_lose_little_more()
    {
        var random = new SplitMix64(SplitMix64.Seed("thin"));
        for (int trial = 0; trial < 50; trial++)
        {
            var (costs, losses) = Tables(random, classes: 12, choices: 8, whole: false);
            double limit = Limit(costs, 0.2 + (0.6 * random.Next()));
            int[] exact = MultipleChoiceKnapsack.Solve(costs, losses, limit)!, thin = MultipleChoiceKnapsack.Solve(costs, losses, limit, points: 8)!;
            Assert.InRange(MultipleChoiceKnapsack.Sum(costs, thin), 0, limit);
            Assert.InRange(
                MultipleChoiceKnapsack.Sum(losses, thin),
                MultipleChoiceKnapsack.Sum(losses, exact) - 1e-9,
                MultipleChoiceKnapsack.Sum(losses, exact) * 1.2);
        }
    }

    [Fact]
    public void Many_classes_of_many_choices_are_solved()
    {
        var (costs, losses) = Tables(new SplitMix64(SplitMix64.Seed("many")), classes: 300, choices: 300, whole: true);
        double limit = Limit(costs, 0.1);
        Assert.InRange(MultipleChoiceKnapsack.Sum(costs, MultipleChoiceKnapsack.Solve(costs, losses, limit)!), 0.99 * limit, limit);
    }

    // Random, not sorted, negative costs and equal numbers included.
    private static (List<double[]> Costs, List<double[]> Losses) Tables(SplitMix64 random, int classes, int choices, bool whole)
    {
        double Number() => whole ? Math.Floor(random.Next() * 20) : random.Next();
        var counts = Enumerable.Range(0, classes).Select(_ => 1 + (int)(random.Next() * choices)).ToList();
        return (
            [.. counts.Select(n => Enumerable.Range(0, n).Select(_ => Number()).ToArray())],
            [.. counts.Select(n => Enumerable.Range(0, n).Select(_ => Number()).ToArray())]);
    }

    private static double Limit(List<double[]> costs, double share) =>
        costs.Sum(c => c.Min()) + (share * costs.Sum(c => c.Max() - c.Min())) - (share > 1.05 ? 1000 : 0);

    private static int[]? BruteForce(List<double[]> costs, List<double[]> losses, double limit)
    {
        int[]? best = null;
        foreach (int[] choices in All([.. costs.Select(c => c.Length)]))
        {
            if (MultipleChoiceKnapsack.Sum(costs, choices) > limit) continue;
            if (best is null || MultipleChoiceKnapsack.Sum(losses, choices) < MultipleChoiceKnapsack.Sum(losses, best)) best = choices;
        }
        return best;
    }

    private static IEnumerable<int[]> All(int[] counts)
    {
        IEnumerable<int[]> all = [[]];
        foreach (int count in counts) all = all.SelectMany(chosen => Enumerable.Range(0, count).Select(k => (int[])[.. chosen, k]));
        return all;
    }
}
