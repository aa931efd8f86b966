namespace OnnxPrune.Allocation;

/// <summary>
/// The multiple-choice knapsack with a price on cost in place of the limit. The lowest price at which the choices of least loss + price·cost
/// keep the limit gives a solution, and a lower bound of all; what is priced above their <see cref="Gap"/> cannot be part of a better one.
/// </summary>
internal sealed class LagrangianRelaxation
{
    private const int Bisections = 100;

    // Sums of a few thousand doubles are right to this share.
    private const double Rounding = 1e-9;

    private readonly IReadOnlyList<double[]> costs;
    private readonly IReadOnlyList<double[]> losses;
    private readonly double price;
    private readonly double[] leastPrices;
    private readonly double[] cheapestAfter;
    private readonly double slack;

    private LagrangianRelaxation(IReadOnlyList<double[]> costs, IReadOnlyList<double[]> losses, double limit, double price)
    {
        this.costs = costs;
        this.losses = losses;
        this.price = price;
        int[] priced = Choose(price);
        Choices = Fill(priced, limit);
        leastPrices = [.. priced.Select((choice, c) => PriceOf(c, choice))];
        double bound = leastPrices.Sum() - (price * limit), loss = MultipleChoiceKnapsack.Sum(losses, Choices);
        Gap = loss - bound;
        slack = Math.Max(Gap, 0) + (Rounding * (Math.Abs(loss) + Math.Abs(bound) + (price * Math.Abs(limit))));
        cheapestAfter = new double[costs.Count + 1];
        for (int c = costs.Count - 1; c >= 0; c--) cheapestAfter[c] = cheapestAfter[c + 1] + costs[c].Min();
    }

    /// <summary>A solution that keeps the limit.</summary>
    public int[] Choices { get; }

    /// <summary>By how much it may lose more than the best one.</summary>
    public double Gap { get; }

    /// <summary>The relaxation, or null where not even the cheapest choices keep the limit.</summary>
    public static LagrangianRelaxation? Solve(IReadOnlyList<double[]> costs, IReadOnlyList<double[]> losses, double limit)
    {
        if (costs.Sum(c => c.Min()) > limit) return null;
        var free = new LagrangianRelaxation(costs, losses, limit, 0);
        if (free.Keeps(0, limit)) return free;
        double low = 0, high = 1;
        while (!free.Keeps(high, limit) && double.IsFinite(high)) (low, high) = (high, high * 2);
        if (!double.IsFinite(high)) return free;
        for (int i = 0; i < Bisections && high - low > low * 1e-15; i++)
        {
            double middle = (low + high) / 2;
            if (free.Keeps(middle, limit)) high = middle;
            else low = middle;
        }
        return new LagrangianRelaxation(costs, losses, limit, high);
    }

    /// <summary>The choices of a class that a better solution may have.</summary>
    public IEnumerable<int> Open(int group) =>
        Enumerable.Range(0, costs[group].Length).Where(choice => PriceOf(group, choice) - leastPrices[group] <= slack);

    /// <summary>The bound of states after a class.</summary>
    public ParetoFront.StateBound After(int group, double limit) =>
        new(limit - cheapestAfter[group + 1], price, leastPrices.Take(group + 1).Sum() + slack);

    private double PriceOf(int group, int choice) => losses[group][choice] + (price * costs[group][choice]);

    private bool Keeps(double at, double limit) => MultipleChoiceKnapsack.Sum(costs, Choose(at)) <= limit;

    // The choice of least loss + price·cost of every class; of equal ones the cheapest.
    private int[] Choose(double at)
    {
        var choices = new int[costs.Count];
        for (int c = 0; c < choices.Length; c++)
        {
            for (int k = 1; k < costs[c].Length; k++)
            {
                double difference = losses[c][k] - losses[c][choices[c]] + (at * (costs[c][k] - costs[c][choices[c]]));
                if (difference < 0 || (difference == 0 && costs[c][k] < costs[c][choices[c]])) choices[c] = k;
            }
        }
        return choices;
    }

    // What the limit leaves is spent class by class on less loss; from the cheapest choices where the priced ones do not keep it.
    private int[] Fill(int[] priced, double limit)
    {
        int[] choices = [.. priced];
        double total = MultipleChoiceKnapsack.Sum(costs, choices);
        if (total > limit) choices = [.. costs.Select(c => Array.IndexOf(c, c.Min()))];
        total = MultipleChoiceKnapsack.Sum(costs, choices);
        for (int c = 0; c < choices.Length; c++)
        {
            for (int k = 0; k < costs[c].Length; k++)
            {
                double next = total + costs[c][k] - costs[c][choices[c]];
                if (losses[c][k] >= losses[c][choices[c]] || next > limit) continue;
                total = next;
                choices[c] = k;
            }
        }
        return choices;
    }
}
