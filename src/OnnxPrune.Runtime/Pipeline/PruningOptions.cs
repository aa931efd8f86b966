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
/// The options of a run: a budget or a plan, the criteria of the selection, and the processing of the pruned model. All options except the budget
/// have a default.
/// </summary>
public sealed record PruningOptions
{
    /// <summary>The value of <see cref="Recover"/> that chooses the best of several methods.</summary>
    public const string AutomaticRecovery = "auto";

    /// <summary>The budget, such as <c>macs=50%</c>; null if <see cref="Plan"/> decides.</summary>
    public Budget? Budget { get; init; }

    /// <summary>A plan to apply instead of a selection.</summary>
    public PruningPlan? Plan { get; init; }

    /// <summary>True to accept a plan that was made for other weights of the same structure.</summary>
    public bool OtherWeights { get; init; }

    /// <summary>The value of <see cref="Calibration"/> for a selection by weights alone, without recovery.</summary>
    public const string NoCalibration = CalibrationSet.NoSource;

    /// <summary>
    /// Calibration samples: a path (.npy, .npz or a folder), <c>synthetic</c>, or <see cref="NoCalibration"/>. Null for synthetic samples in a number
    /// that fits the cost of the model; if the model does not run on synthetic samples, null for no calibration, with a note.
    /// </summary>
    public string? Calibration { get; init; }

    /// <summary>The largest number of calibration samples; null for 1,024, or for fewer samples if activations are large.</summary>
    public int? Samples { get; init; }

    /// <summary>The criterion that scores the importance of channels; null for <c>obs</c> with calibration, otherwise for <c>l2</c>. If <see cref="Calibration"/>
    /// is null too, <c>l2</c> scores models whose groups would take long to measure.</summary>
    public Criterion? Criterion { get; init; }

    /// <summary>How the scores of the occurrences of a group are combined.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.Sum;

    /// <summary>How the scores of groups are made comparable; null for the mean, or for none if the criterion measures the outputs.</summary>
    public ScoreNormalization? Normalization { get; init; }

    /// <summary>How the budget is divided among the groups, and the limits of every group.</summary>
    public AllocationOptions Allocation { get; init; } = new();

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

    /// <summary>
    /// The outputs that matter; empty for all outputs. The other outputs, such as auxiliary heads, are removed with what only they need, before
    /// anything is counted.
    /// </summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The seed of all random numbers.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// The methods that recover accuracy: <c>none</c>, <c>auto</c>, or methods such as <c>bias,bn</c>. Null for the methods of the plan; without a
    /// plan, null for <c>auto</c> with calibration, otherwise for <c>none</c>.
    /// </summary>
    public string? Recover { get; init; }

    /// <summary>The number of steps. Each step consists of selection and recovery.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Measures the candidates of a search; null for the error of the outputs.</summary>
    public MetricCommand? Metric { get; init; }

    /// <summary>The number of candidates that a search measures.</summary>
    public int Candidates { get; init; } = 64;

    /// <summary>The file in which a search stores its state; null for none.</summary>
    public string? SearchState { get; init; }

    /// <summary>The cache for results of calibration; null for no cache.</summary>
    public CalibrationCache? Cache { get; init; }

    /// <summary>The execution provider that runs the models.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>The operators that the compiler knows.</summary>
    public OperatorSet Operators { get; init; } = OperatorSet.Default;

    /// <summary>How thoroughly the result is verified.</summary>
    public VerificationEffort Verification { get; init; }

    /// <summary>Samples with labels to measure accuracy before and after pruning; null for none.</summary>
    public LabelledSamples? Labelled { get; init; }

    /// <summary>True to measure latency before and after pruning; a latency budget always measures latency.</summary>
    public bool MeasureLatency { get; init; }

    /// <summary>The settings of latency measurements.</summary>
    public LatencyOptions Timing { get; init; } = new();

    /// <summary>The options of the selection.</summary>
    /// <param name="calibration">The calibration samples; null for none.</param>
    internal PruneOptions Selection(PlannedCalibration? calibration)
    {
        var criterion = Criterion ?? CriterionTable.Named(calibration is null ? "l2" : "obs");
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
            Outputs = Outputs,
            Recover = Recover ?? (calibration is null ? "none" : AutomaticRecovery),
            Calibration = calibration,
        };
    }

    /// <summary>The methods of a <see cref="Recover"/>; null for the best of several methods.</summary>
    internal static RecoveryMethods? Methods(string recover) => recover == AutomaticRecovery ? null : RecoveryMethodNames.Parse(recover);
}
