using OnnxPrune.Allocation;
using OnnxPrune.Importance;
using OnnxPrune.Operators;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Selection;

namespace OnnxPrune.Runtime;

/// <summary>
/// What a run is asked for: a budget or a plan, what the selection goes by, and what happens to the pruned model. Everything but the budget
/// has a default.
/// </summary>
public sealed record PruningOptions
{
    /// <summary>The <see cref="Recover"/> that chooses the best of several methods.</summary>
    public const string AutomaticRecovery = "auto";

    /// <summary>What may remain of the model; null where a <see cref="Plan"/> decides.</summary>
    public Budget? Budget { get; init; }

    /// <summary>A plan to carry out in place of a selection.</summary>
    public PruningPlan? Plan { get; init; }

    /// <summary>True to accept a plan that was made for other weights of the same structure.</summary>
    public bool OtherWeights { get; init; }

    /// <summary>Calibration samples: a path (.npy, .npz, or a folder), or <c>synthetic</c>; null for none, unless another option needs them.</summary>
    public string? Calibration { get; init; }

    /// <summary>Calibration samples to use at most; null for 1,024, or fewer where activations are large.</summary>
    public int? Samples { get; init; }

    /// <summary>How the importance of a channel is measured; null for <c>obs</c> with calibration, else <c>l2</c>.</summary>
    public Criterion? Criterion { get; init; }

    /// <summary>How the occurrences of a group are put together.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.Sum;

    /// <summary>How the scores of groups become comparable; null for the mean, or for none where the criterion measures the outputs.</summary>
    public ScoreNormalization? Normalization { get; init; }

    /// <summary>How the budget is spread over the groups, and what every group keeps.</summary>
    public AllocationOptions Allocation { get; init; } = new();

    /// <summary>Globs on node and tensor names; if there are any, only groups that match one are pruned.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Globs on node and tensor names; groups that match one are not pruned.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Which kinds of group are pruned.</summary>
    public Granularity Granularity { get; init; } = Granularity.Auto;

    /// <summary>True to prune approximate groups too: operators that mix their channels then compute something else.</summary>
    public bool AllowApproximate { get; init; }

    /// <summary>Sizes of symbolic dimensions at which MACs are counted; the others have defaults.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How accuracy is recovered: <c>none</c>, <c>auto</c>, or methods such as <c>bias,bn</c>; null for <c>auto</c> with calibration, else
    /// <c>none</c>, or for what the plan says.
    /// </summary>
    public string? Recover { get; init; }

    /// <summary>How often selection and recovery alternate.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Measures the candidates of a search; null for the error of the outputs.</summary>
    public MetricCommand? Metric { get; init; }

    /// <summary>Candidates that a search measures.</summary>
    public int Candidates { get; init; } = 64;

    /// <summary>The file in which a search keeps its state; null for none.</summary>
    public string? SearchState { get; init; }

    /// <summary>Where results of calibration are kept between runs; null for nowhere.</summary>
    public CalibrationCache? Cache { get; init; }

    /// <summary>Where models run.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>The operators that the compiler knows.</summary>
    public OperatorSet Operators { get; init; } = OperatorSet.Default;

    /// <summary>False to go without verification.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Samples with labels to measure accuracy on, before and after; null for none.</summary>
    public LabelledSamples? Labelled { get; init; }

    /// <summary>True to measure latency before and after; a latency budget always measures it.</summary>
    public bool MeasureLatency { get; init; }

    /// <summary>How latency is measured.</summary>
    public LatencyOptions Timing { get; init; } = new();

    /// <summary>True where calibration samples are used.</summary>
    internal bool Calibrates => Calibration is not null;

    /// <summary>The options of the selection.</summary>
    /// <param name="calibration">The samples that are used; null for none.</param>
    internal PruneOptions Selection(PlannedCalibration? calibration)
    {
        var criterion = Criterion ?? CriterionTable.Named(Calibrates ? "obs" : "l2");
        return new PruneOptions
        {
            Budget = Budget ?? new Budget(BudgetKind.Channels, 1),
            Criterion = criterion,
            Aggregation = Aggregation,
            Normalization = criterion is CurveCriterion ? ScoreNormalization.None : Normalization ?? ScoreNormalization.Mean,
            Allocation = Allocation,
            Seed = Seed,
            Include = Include,
            Exclude = Exclude,
            Granularity = Granularity,
            AllowApproximate = AllowApproximate,
            Dimensions = Dimensions,
            Recover = Recover ?? (Calibrates ? AutomaticRecovery : "none"),
            Calibration = calibration,
        };
    }

    /// <summary>The methods of a <see cref="Recover"/>; null for the best of several.</summary>
    internal static RecoveryMethods? Methods(string recover) => recover == AutomaticRecovery ? null : RecoveryMethodNames.Parse(recover);
}
