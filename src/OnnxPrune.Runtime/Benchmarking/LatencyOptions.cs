using OnnxPrune.Runtime.Benchmarking;
namespace OnnxPrune.Runtime;

/// <summary>The settings of a latency measurement.</summary>
public sealed record LatencyOptions
{
    /// <summary>The duration of all timed runs of all models in seconds; at least <see cref="LeastRounds"/> rounds always run.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>The smallest number of timed runs per model, in whole blocks, instead of <see cref="Seconds"/>; null for none.</summary>
    public int? Runs { get; init; }

    /// <summary>The number of threads per operator. One thread varies least, and is common on servers with parallel requests.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The batch size for symbolic first axes of inputs; null for the nominal size.</summary>
    public int? Batch { get; init; }

    /// <summary>The sizes of symbolic dimensions; other dimensions have the nominal sizes at which MACs are counted.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();

    /// <summary>The seed of the inputs.</summary>
    public int Seed { get; init; }

    /// <summary>The smallest number of rounds. Fewer rounds would not show the variation.</summary>
    public const int LeastRounds = 6;
}
