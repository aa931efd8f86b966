using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Evaluation;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Runtime;

/// <summary>The pruned model of a run, and everything that was measured on the way. Nothing has been written.</summary>
public sealed record PruningResult
{
    /// <summary>The pruned model, with recovered weights where recovery helped.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>What was decided: the cut, and what it was chosen by.</summary>
    public required PruningDecision Decision { get; init; }

    /// <summary>The channels that stay.</summary>
    public Cut Cut => Decision.Cut;

    /// <summary>MACs, parameters and bytes before and after; biases that recovery added count.</summary>
    public required PlanTotals Totals { get; init; }

    /// <summary>The verification of the cut; null where it was not asked for.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>How far the outputs were from the original's before and after recovery; null where nothing was recovered.</summary>
    public RecoveryResult? Recovery { get; init; }

    /// <summary>The accuracy of the original; null without labelled samples.</summary>
    public Accuracy? AccuracyBefore { get; init; }

    /// <summary>The accuracy of the result; null without labelled samples.</summary>
    public Accuracy? AccuracyAfter { get; init; }

    /// <summary>The latency of the original and of the result; null where it was not measured.</summary>
    public LatencyComparison? Latency { get; init; }

    /// <summary>What was done beyond what was asked for, in sentences.</summary>
    public IReadOnlyList<string> Notes => Decision.Notes;

    /// <summary>What was left alone, and why.</summary>
    public IReadOnlyList<Diagnostic> Warnings => [.. Cut.Analysis.Warnings];

    internal IReadOnlyList<GroupCurve> Curves { get; init; } = [];

    internal CalibrationDomain? Domain { get; init; }

    /// <summary>The decision as a plan, which a later run can carry out again.</summary>
    public PruningPlan ToPlan() => Decision.ToPlan();

    /// <summary>Writes the model, whole or not at all; large weights go to a file beside it if they did before.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellation = default) => Task.Run(() => ModelFile.Save(Model, path), cancellation);
}
