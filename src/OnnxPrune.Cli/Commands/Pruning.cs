using OnnxPrune.Allocation;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Benchmarking;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Cli.Commands;

/// <summary>
/// The stages that <c>prune</c> and <c>apply</c> share: rewrite, verify, measure, write. Every stage that can fail on the model runs before
/// the first file is written, and all files get their names together at the end.
/// </summary>
internal sealed class Pruning
{
    private readonly Invocation run;
    private readonly ModelAnalysis analysis;
    private readonly LabelledData? data;
    private readonly PruningPlan plan;
    private readonly CalibrationDomain? domain;
    private readonly string output;

    public Pruning(Invocation run, ModelAnalysis analysis, LabelledData? data, PruningPlan plan, CalibrationDomain? domain)
    {
        this.run = run;
        this.analysis = analysis;
        this.data = data;
        this.plan = plan;
        this.domain = domain;
        output = run.Value(CommonOptions.Output)!;
    }

    /// <summary>The curves that scored the channels, for the report.</summary>
    public IReadOnlyList<GroupCurve> Curves { get; init; } = [];

    /// <summary>
    /// Recovers accuracy with the methods of <paramref name="recover"/>, then writes the model, the reports, and the plan if
    /// <paramref name="planPath"/> is given.
    /// </summary>
    public void Run(bool otherWeights, string? planPath, string recover)
    {
        RefuseToOverwriteWeights();
        var kept = Planner.Masks(analysis, plan, otherWeights);
        var limits = new Limits(run);
        limits.CheckMacs(plan.Totals);
        var pruned = run.Step("Rewriting", () => Rewriter.Prune(analysis, kept));
        var verification = run.Value(RuntimeOptions.NoVerify) ? null : Verify(pruned, kept);
        var recovery = recover == "none" || domain is null ? null : Recover(pruned, kept, recover);
        var result = recovery?.Model ?? pruned;
        var told = plan with { Notes = [.. plan.Notes ?? [], .. recovery?.Notes ?? []] };
        var before = data?.Evaluate(run, analysis.Source, "Measuring the original");
        var after = data?.Evaluate(run, result, "Measuring the result");
        limits.CheckAccuracy(before, after);
        var latency = HasLatencyBudget || limits.HasSpeed || run.Value(TimingOptions.Bench) ? Compare(result) : null;
        limits.CheckSpeed(latency);
        using var files = new OutputFiles();
        long bytes = run.Step("Writing", () => files.Save(result, output));
        limits.CheckBytes(FileSize.Of(analysis.Source), bytes);
        if (planPath is not null) files.Save(PlanFile.ToJson(told), planPath);
        if (run.Value(ReportOptions.Dependencies) is { } dependencies) files.Save(FilesRead.Lines(run, analysis.Source, domain?.Data), dependencies);
        var report = PruneReport.Of(run.Command, analysis, told, Curves) with
        {
            Output = output,
            Plan = planPath ?? PlanArgument(),
            Before = Measures.Of(plan.Totals.Before, FileSize.Of(analysis.Source), before),
            After = Measures.Of(CostOf(result, pruned), bytes, after),
            Verification = verification,
            Recovery = RecoveryReport.Of(recovery),
            Calibration = CalibrationInput.Describe(domain),
            Latency = latency,
        };
        ReportOutput.Write(run, report, ReportJson.Default.PruneReport, files, () => PruneTable.Print(run.Terminal, report));
    }

    // The written model of a latency budget is measured once more: the best of several measurements is best partly by chance.
    private bool HasLatencyBudget => run.Command != "apply" && run.Selection.Budget.Kind == BudgetKind.Latency;

    private LatencyComparison Compare(OnnxModel result)
    {
        var options = TimingOptions.Of(run) with { Dimensions = plan.Options.Dimensions };
        var latency = run.Step(
            "Measuring latency", () => LatencyComparison.Run(analysis.Source, result, options, Provider.Of(run), run.Cancellation));
        if (HasLatencyBudget) LatencySelection.CheckResult(latency.Ratio!);
        return latency;
    }

    private RecoveryResult Recover(OnnxModel pruned, IReadOnlyDictionary<Term, bool[]> kept, string recover)
    {
        var options = new ReconstructionOptions { Seed = plan.Options.Seed };
        return run.Step("Recovering", progress => AccuracyRecovery.Run(
            domain!,
            pruned,
            kept,
            CalibrationOptions.Methods(recover),
            options,
            Provider.Of(run),
            CalibrationOptions.CacheOf(run),
            progress,
            run.Cancellation));
    }

    // Includes biases that recovery added.
    private PlanCost CostOf(OnnxModel result, OnnxModel pruned)
    {
        if (ReferenceEquals(result, pruned)) return plan.Totals.After;
        var cost = ModelAnalysis.Run(result, plan.Options.Dimensions).Cost.Total(_ => null);
        return plan.Totals.After with { Parameters = (long)cost.Parameters, Bytes = (long)Math.Ceiling(cost.Bytes) };
    }

    private string? PlanArgument() => run.Command == "apply" ? run.Value(ApplyCommand.Plan) : null;

    // The external data of the source may have any file name, including that of the new file.
    private void RefuseToOverwriteWeights() => OutputPaths.Check(analysis.Source.Files, output, output + ".data");

    private VerificationResult Verify(OnnxModel pruned, IReadOnlyDictionary<Term, bool[]> kept)
    {
        var report = run.Step("Verifying", () => Verifier.Verify(analysis, pruned, kept, Provider.Of(run), run.Cancellation));
        var result = VerificationResult.Of(report);
        return report.Verdict switch
        {
            Verdict.Verified => result,
            Verdict.NotVerified => throw new OnnxPruneException(
                ErrorCodes.NotVerified, $"not verified: {report.Reason}; nothing was written; --no-verify writes the model without verification"),
            _ => throw new OnnxPruneException(
                ErrorCodes.VerificationFailed,
                $"verification failed: {report.Reason}; {Figures.Of(result)}; nothing was written; please report this with the model"),
        };
    }
}
