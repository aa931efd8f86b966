using OnnxPrune.Allocation;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Shapes;

namespace OnnxPrune.Runtime;

/// <summary>
/// The pipeline stage by stage: analyse, decide, carry out. What can fail comes before anything is written; <paramref name="limits"/> are
/// checked as soon as their figures are known.
/// </summary>
/// <param name="model">The model; it is not changed.</param>
/// <param name="options">What is asked for.</param>
/// <param name="limits">What the result must keep.</param>
/// <param name="stages">Runs the stages.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class PruningPipeline(
    OnnxModel model, PruningOptions options, IResultLimits limits, IStages stages, CancellationToken cancellation)
{
    private PruningOptions options = options;
    private CalibrationDomain? domain;
    private Selecting? selecting;
    private bool runsOnSamples = true;

    /// <summary>Analyses the model.</summary>
    public ModelAnalysis Analyse() => stages.During(
        PruningStage.Analysing,
        _ =>
        {
            var original = NamedOutputs.Only(model, Outputs);
            var dimensions = new DimensionSizes { Nominal = options.Plan?.Options.Dimensions ?? options.Dimensions, Data = DataSizes.Of(options.Calibration, original) };
            var analysis = ModelAnalysis.Run(original, dimensions, options.Operators);
            if (options.Plan is not null) return analysis;
            if (analysis.Dimensions.Chosen.Count > 0) options = options with { Dimensions = Union(dimensions) };
            return CutCheck.Pinned(analysis);
        });

    // Where the usual sizes do not fit, the plan names those of the data, so that they are at hand when the plan is applied.
    private static Dictionary<string, long> Union(DimensionSizes dimensions) =>
        dimensions.Data.Concat(dimensions.Nominal).GroupBy(d => d.Key).ToDictionary(d => d.Key, d => d.Last().Value, StringComparer.Ordinal);

    /// <summary>Decides which channels stay, or reads that from the plan.</summary>
    /// <exception cref="OnnxPruneException">OP2001: the options hold neither a budget nor a plan, or both.</exception>
    public PruningDecision Decide(ModelAnalysis analysis)
    {
        if (options.Plan is null == options.Budget is null)
            throw new OnnxPruneException(ErrorCodes.InvalidOption, "give a budget or a plan, and not both");
        if (options.Plan is { } plan)
        {
            var planned = PruningDecision.Of(analysis, plan, options.OtherWeights);
            domain = Calibration.ForPlan(analysis, plan, RecoveryOf(planned));
            return planned;
        }
        GlobCheck.Run(analysis, options.Selection(null));
        while (true)
        {
            var decision = DecideOn(analysis, Calibration.ForSelection(analysis));
            if (CutCheck.Failing(decision.Cut) is not { Count: > 0 } failing) return decision;
            analysis = analysis.Pinning(failing);
        }
    }

    private PruningDecision DecideOn(ModelAnalysis analysis, CalibratedOptions calibrated)
    {
        try
        {
            domain = calibrated.Domain;
            runsOnSamples = calibrated.Notes.Count == 0;
            selecting = new Selecting(calibrated.Options, analysis, domain, stages, cancellation);
            var decision = selecting.Decide();
            return decision with { Notes = [.. NamedOutputs.Notes(model, Outputs), .. decision.Notes, .. calibrated.Notes] };
        }
        catch (OnnxPruneException e) when (calibrated.IsUsual && CalibrationInput.IsAboutSamples(e))
        {
            return DecideOn(analysis, Calibration.WithoutSamples(e));
        }
    }

    /// <summary>What <see cref="Decide"/> went by.</summary>
    public IReadOnlyList<GroupCurve> Curves => selecting?.Curves ?? [];

    /// <summary>Rewrites, verifies, recovers and measures.</summary>
    /// <exception cref="OnnxPruneException">OP5001 or OP5002: the result is not verified; OP4009 to OP4013: it misses a limit.</exception>
    public PruningResult CarryOut(PruningDecision decision)
    {
        var (source, cut, recover) = (decision.Cut.Analysis.Source, decision.Cut, RecoveryOf(decision));
        limits.CheckMacs(decision.Totals);
        var pruned = stages.During(PruningStage.Rewriting, _ => Rewriter.Prune(cut));
        var verification = Verifies ? Verified(pruned, cut) : null;
        var recovery = recover == "none" || domain is null ? null : Recovered(domain, decision, pruned, recover);
        var result = recovery?.Model ?? pruned;
        var (change, changeNotes) = ChangeOf(decision, pruned, recovery);
        var before = Evaluated(source, PruningStage.EvaluatingOriginal);
        var after = Evaluated(result, PruningStage.EvaluatingResult);
        limits.CheckAccuracy(before, after);
        var latency = options.MeasureLatency || HasLatencyBudget ? Timed(source, result, decision.Options.Dimensions) : null;
        limits.CheckSpeed(latency);
        return new PruningResult
        {
            Model = result,
            Decision = decision with { Notes = [.. decision.Notes, .. recovery?.Notes ?? [], .. changeNotes] },
            Totals = TotalsOf(decision, result, pruned),
            Verification = verification,
            Recovery = recovery,
            OutputChange = change,
            AccuracyBefore = before,
            AccuracyAfter = after,
            Latency = latency,
            Curves = Curves,
            Domain = domain,
        };
    }

    private IReadOnlyList<string> Outputs => options.Plan is { } plan ? plan.Options.Outputs ?? [] : options.Outputs;

    private bool Verifies => options.Verification != VerificationEffort.None;

    private CalibrationInput Calibration => new(options, stages, cancellation);

    private bool HasLatencyBudget => options.Budget?.Kind == BudgetKind.Latency;

    private string RecoveryOf(PruningDecision decision) => options.Plan is null ? decision.Options.Recover : options.Recover ?? decision.Options.Recover;

    private VerificationReport Verified(OnnxModel pruned, Cut cut)
    {
        var report = stages.During(PruningStage.Verifying, progress => Verifier.Verify(
            pruned, cut, options.Provider, options.Verification, progress, cancellation));
        limits.CheckVerified(report);
        return report;
    }

    // Measured on the samples of the recovery, else on those of the selection. A run without samples that has run the model makes some.
    private (OutputChange? Change, IReadOnlyList<string> Notes) ChangeOf(PruningDecision decision, OnnxModel pruned, RecoveryResult? recovery)
    {
        if (recovery is not null) return (recovery.ChangeOn(domain!.Data), []);
        if (decision.Cut.IsEmpty || (domain is null && !(Verifies && runsOnSamples))) return (null, []);
        try
        {
            var on = domain ?? Calibration.ForComparison(decision.Cut.Analysis);
            return (Recovered(on, decision, pruned, "none").ChangeOn(on.Data), []);
        }
        catch (OnnxPruneException e) when (CalibrationInput.IsAboutSamples(e))
        {
            return (null, [$"the change of the outputs was not measured, {CalibrationInput.Because(e)}"]);
        }
    }

    private RecoveryResult Recovered(CalibrationDomain on, PruningDecision decision, OnnxModel pruned, string recover) =>
        stages.During(recover == "none" ? PruningStage.MeasuringOutputs : PruningStage.Recovering, progress => AccuracyRecovery.Run(
            on,
            pruned,
            decision.Cut,
            PruningOptions.Methods(recover),
            new ReconstructionOptions { Seed = decision.Options.Seed },
            options.Provider,
            options.Cache,
            progress,
            cancellation));

    private Accuracy? Evaluated(OnnxModel of, PruningStage stage) =>
        options.Labelled is { } data ? stages.During(stage, _ => data.Evaluate(of, options.Provider, cancellation)) : null;

    // A decision for a latency budget is measured once more on the result: of several measurements one is the best by chance.
    private LatencyComparison Timed(OnnxModel source, OnnxModel result, IReadOnlyDictionary<string, long> dimensions)
    {
        var timing = options.Timing with { Dimensions = dimensions };
        var latency = stages.During(
            PruningStage.MeasuringLatency, _ => LatencyComparison.Run(source, result, timing, options.Provider, cancellation));
        if (HasLatencyBudget) LatencySelection.CheckResult(latency.Ratio!);
        return latency;
    }

    // Biases that recovery added count, too.
    private PlanTotals TotalsOf(PruningDecision decision, OnnxModel result, OnnxModel pruned)
    {
        var totals = decision.Totals;
        if (ReferenceEquals(result, pruned)) return totals;
        var cost = PlanCost.Of(ModelAnalysis.Run(result, decision.Options.Dimensions, options.Operators).Cost.Total(_ => null), totals.After.Channels);
        return totals with { After = totals.After with { Parameters = cost.Parameters, Bytes = cost.Bytes } };
    }
}
