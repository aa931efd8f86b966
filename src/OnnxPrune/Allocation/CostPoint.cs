namespace OnnxPrune.Allocation;

/// <summary>A point that moves over a <see cref="CostPolynomial"/>: after each move only what depends on the moved group is computed again.</summary>
internal sealed class CostPoint
{
    private readonly CostPolynomial cost;
    private readonly int[] kept;
    private readonly double[] parts;

    /// <summary>Creates a point where group g keeps <paramref name="kept"/>[g] indices.</summary>
    public CostPoint(CostPolynomial cost, IEnumerable<int> kept)
    {
        this.cost = cost;
        this.kept = [.. kept];
        parts = [.. Enumerable.Range(0, cost.Count).Select(i => cost.At(i, this.kept))];
        Total = parts.Sum();
    }

    /// <summary>The cost here.</summary>
    public double Total { get; private set; }

    /// <summary>How much less it would be if a group kept so many; negative where these are more than now.</summary>
    public double Saving(int group, int count)
    {
        int now = kept[group];
        kept[group] = count;
        double saving = 0;
        foreach (int i in cost.Touching(group)) saving += parts[i] - cost.At(i, kept);
        kept[group] = now;
        return saving;
    }

    /// <summary>Moves one group.</summary>
    public void Move(int group, int count)
    {
        kept[group] = count;
        foreach (int i in cost.Touching(group))
        {
            double part = cost.At(i, kept);
            Total += part - parts[i];
            parts[i] = part;
        }
    }
}
