namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>How latency is measured.</summary>
public sealed record LatencyOptions
{
    /// <summary>Seconds of timed runs, over all models together; at least <see cref="LeastRounds"/> rounds are run all the same.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>Timed runs of each model at least, in place of <see cref="Seconds"/>, up to whole blocks; null for as many as time allows.</summary>
    public int? Runs { get; init; }

    /// <summary>Threads that compute one operator. One is the steadiest, and what a server that runs several requests at a time uses.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Samples in a batch, for symbolic first axes of inputs; null for the nominal size.</summary>
    public int? Batch { get; init; }

    /// <summary>Sizes of symbolic dimensions; the others have the nominal sizes at which MACs are counted.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();

    /// <summary>The seed of the inputs.</summary>
    public int Seed { get; init; }

    /// <summary>Rounds that are run however long they take: fewer would say nothing of the spread.</summary>
    public const int LeastRounds = 6;
}
