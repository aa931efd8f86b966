namespace OnnxPrune.Allocation;

/// <summary>Ways to choose from the first classes of a knapsack, none of which another beats in both cost and loss: cost rises, loss falls.</summary>
internal sealed class ParetoFront
{
    private readonly Point[] points;

    private ParetoFront(Point[] points) => this.points = points;

    /// <summary>Before the first class: nothing chosen.</summary>
    public static ParetoFront Empty { get; } = new([new Point(0, 0, -1, -1)]);

    /// <summary>The number of points.</summary>
    public int Count => points.Length;

    /// <summary>The k-th point by cost.</summary>
    public Point this[int k] => points[k];

    /// <summary>The front after one more class.</summary>
    /// <param name="choices">The choices of the class to consider.</param>
    /// <param name="costs">The cost of each choice.</param>
    /// <param name="losses">The loss of each choice.</param>
    /// <param name="bound">What points have to stay within to be of use.</param>
    public ParetoFront Extend(int[] choices, double[] costs, double[] losses, StateBound bound)
    {
        var candidates = new List<Point>();
        foreach (int choice in choices)
        {
            for (int p = 0; p < points.Length; p++)
            {
                var next = new Point(points[p].Cost + costs[choice], points[p].Loss + losses[choice], p, choice);
                if (next.Cost > bound.MostCost) break;
                if (bound.Admits(next)) candidates.Add(next);
            }
        }
        candidates.Sort();
        var front = new List<Point>();
        foreach (var point in candidates)
            if (front.Count == 0 || point.Loss < front[^1].Loss) front.Add(point);
        return new ParetoFront([.. front]);
    }

    /// <summary>
    /// At most so many points, but two: the cheapest, and of each of as many intervals of cost the last, which has the least loss there.
    /// </summary>
    public ParetoFront Thin(int most)
    {
        if (points.Length <= most) return this;
        double first = points[0].Cost, width = (points[^1].Cost - first) / Math.Max(1, most - 2);
        int Interval(int p) => (int)((points[p].Cost - first) / width);
        return new ParetoFront([.. points.Where((_, p) => p == 0 || p == points.Length - 1 || Interval(p) != Interval(p + 1))]);
    }

    /// <summary>One way to choose.</summary>
    /// <param name="Cost">The sum of costs.</param>
    /// <param name="Loss">The sum of losses.</param>
    /// <param name="Parent">The point that it extends, in the front before.</param>
    /// <param name="Choice">What it chooses of the last class.</param>
    internal readonly record struct Point(double Cost, double Loss, int Parent, int Choice) : IComparable<Point>
    {
        /// <inheritdoc/>
        public int CompareTo(Point other)
        {
            if (Cost != other.Cost) return Cost.CompareTo(other.Cost);
            if (Loss != other.Loss) return Loss.CompareTo(other.Loss);
            return Parent != other.Parent ? Parent.CompareTo(other.Parent) : Choice.CompareTo(other.Choice);
        }
    }

    /// <summary>Points that may lead to a solution: not too dear, and not shown by the Lagrangian bound to lose too much.</summary>
    /// <param name="MostCost">What a point may cost, so that the cheapest choices of the remaining classes still fit.</param>
    /// <param name="Price">What a unit of cost counts in losses.</param>
    /// <param name="MostPrice">What cost and loss may come to at that price.</param>
    internal readonly record struct StateBound(double MostCost, double Price, double MostPrice)
    {
        /// <summary>Whether a point is within.</summary>
        public bool Admits(Point point) => point.Cost <= MostCost && point.Loss + (Price * point.Cost) <= MostPrice;
    }
}
