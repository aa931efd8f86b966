using OnnxPrune.Allocation;
using OnnxPrune.Importance;
using OnnxPrune.Planning;

namespace OnnxPrune.Advanced;

/// <summary>What to prune, by which measure, and how far.</summary>
public sealed record PruneOptions
{
    /// <summary>What may remain.</summary>
    public required Budget Budget { get; init; }

    /// <summary>The criterion that scores channels.</summary>
    public Criterion Criterion { get; init; } = CriterionTable.Named("l2");

    /// <summary>How the occurrences of a group are put together.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.Sum;

    /// <summary>How groups become comparable.</summary>
    public ScoreNormalization Normalization { get; init; } = ScoreNormalization.Mean;

    /// <summary>What limits the allocation.</summary>
    public AllocationOptions Allocation { get; init; } = new();

    /// <summary>The seed of the random criterion.</summary>
    public int Seed { get; init; }

    /// <summary>Globs on node and tensor names; if any, only groups that match one are pruned.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Globs on node and tensor names; groups that match one are not pruned.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Which kinds of group are pruned.</summary>
    public Granularity Granularity { get; init; } = Granularity.Auto;

    /// <summary>True to prune approximate groups, too: operators that mix their channels then compute something else.</summary>
    public bool AllowApproximate { get; init; }

    /// <summary>Sizes of symbolic dimensions at which MACs are counted; the others have defaults.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();

    /// <summary>How accuracy is recovered after the cut: <c>none</c>, <c>auto</c>, or a list of methods.</summary>
    public string Recover { get; init; } = "none";

    /// <summary>The data that importance and recovery use; null for none.</summary>
    public PlannedCalibration? Calibration { get; init; }
}
