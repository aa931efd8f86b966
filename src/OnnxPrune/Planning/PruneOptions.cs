using OnnxPrune.Allocation;
using OnnxPrune.Importance;
using OnnxPrune.Planning;

namespace OnnxPrune.Advanced;

/// <summary>The options of a selection: the groups to prune, the criterion, and the budget.</summary>
public sealed record PruneOptions
{
    /// <summary>The limit for the pruned model.</summary>
    public required Budget Budget { get; init; }

    /// <summary>The criterion that scores channels.</summary>
    public Criterion Criterion { get; init; } = CriterionTable.Named("l2");

    /// <summary>How the scores of the occurrences of a group are combined.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.Sum;

    /// <summary>How the scores of different groups are made comparable.</summary>
    public ScoreNormalization Normalization { get; init; } = ScoreNormalization.Mean;

    /// <summary>The limits of the allocation.</summary>
    public AllocationOptions Allocation { get; init; } = new();

    /// <summary>The seed of the random criterion.</summary>
    public int Seed { get; init; }

    /// <summary>Globs on node and tensor names. If there are any, only groups that match a glob are pruned.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Globs on node and tensor names. Groups that match a glob are not pruned.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The kinds of group to prune.</summary>
    public Granularity Granularity { get; init; } = Granularity.Auto;

    /// <summary>True to prune approximate groups too. The operators that mix their channels then compute different values.</summary>
    public bool AllowApproximate { get; init; }

    /// <summary>The sizes of symbolic dimensions at which MACs are counted; other dimensions have default sizes.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();

    /// <summary>The outputs that stay; empty for all outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>How accuracy is recovered after the cut: <c>none</c>, <c>auto</c>, or a list of methods.</summary>
    public string Recover { get; init; } = "none";

    /// <summary>The data that importance and recovery use; null for none.</summary>
    public PlannedCalibration? Calibration { get; init; }
}
