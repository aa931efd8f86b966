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

/// <summary>The pruned model of a run, and all measurements. No file has been written.</summary>
public sealed record PruningResult
{
    /// <summary>The pruned model, with recovered weights if recovery reduced the error.</summary>
    public required OnnxModel Model { get; init; }

    /// <summary>The decision: the cut, its budget and its criterion.</summary>
    public required PruningDecision Decision { get; init; }

    /// <summary>The kept channels.</summary>
    public Cut Cut => Decision.Cut;

    /// <summary>MACs, parameters and bytes before and after pruning, including the biases that recovery added.</summary>
    public required PlanTotals Totals { get; init; }

    /// <summary>The verification of the cut; null if verification was skipped.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>The error of the outputs relative to the original, before and after recovery; null without recovery.</summary>
    public RecoveryResult? Recovery { get; init; }

    /// <summary>The change of the outputs, with recovery; null if the run did not run the model.</summary>
    public OutputChange? OutputChange { get; init; }

    /// <summary>The accuracy of the original; null without labelled samples.</summary>
    public Accuracy? AccuracyBefore { get; init; }

    /// <summary>The accuracy of the result; null without labelled samples.</summary>
    public Accuracy? AccuracyAfter { get; init; }

    /// <summary>The latency of the original and of the result; null if it was not measured.</summary>
    public LatencyComparison? Latency { get; init; }

    /// <summary>Actions that the options did not request, in sentences.</summary>
    public IReadOnlyList<string> Notes => [.. Decision.Notes, .. DefaultInputs.Notes(Cut), .. DefaultInputs.Unread(Cut, Model)];

    /// <summary>The parts of the model that were not pruned because they are not supported, with reasons; and a large change of the outputs.</summary>
    public IReadOnlyList<Diagnostic> Warnings => [.. Cut.Analysis.Warnings, .. OutputChange is { IsLarge: true } change ? [change.Warning] : Array.Empty<Diagnostic>()];

    internal IReadOnlyList<GroupCurve> Curves { get; init; } = [];

    internal CalibrationDomain? Domain { get; init; }

    /// <summary>The decision as a plan that a later run can apply.</summary>
    public PruningPlan ToPlan() => Decision.ToPlan();

    /// <summary>Writes the model completely or not at all. Large weights go to a separate file if the original had a separate file.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellation = default) => Task.Run(() => ModelFile.Save(Model, path), cancellation);
}
