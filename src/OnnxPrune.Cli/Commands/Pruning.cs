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
/// What <c>prune</c> and <c>apply</c> share: rewrite, verify, measure, write. Everything that can fail on the model comes before the
/// first file is written, and files take their names when all of them are written.
/// </summary>
internal sealed class Pruning
{
    private readonly Invocation run;
    private readonly ModelAnalysis analysis;
    private readonly LabelledData? data;
    private readonly PruningDecision decision;
    private readonly CalibrationDomain? domain;
    private readonly string output;

    public Pruning(Invocation run, LabelledData? data, PruningDecision decision, CalibrationDomain? domain)
    {
        this.run = run;
        analysis = decision.Cut.Analysis;
        this.data = data;
        this.decision = decision;
        this.domain = domain;
        output = run.Value(CommonOptions.Output)!;
    }

    /// <summary>What the channels were judged by, for the report.</summary>
    public IReadOnlyList<GroupCurve> Curves { get; init; } = [];

    /// <summary>
    /// Writes the model, the plan where <paramref name="planPath"/> asks for it, and the reports; recovers accuracy before where
    /// <paramref name="recover"/> says so.
    /// </summary>
    public void Run(string? planPath, string recover)
    {
        RefuseToOverwriteWeights();
        var limits = new Limits(run);
        limits.CheckMacs(decision.Totals);
        var pruned = run.Step("Rewriting", () => Rewriter.Prune(decision.Cut));
        var verification = run.Value(RuntimeOptions.NoVerify) ? null : Verify(pruned);
        var recovery = recover == "none" || domain is null ? null : Recover(pruned, recover);
        var result = recovery?.Model ?? pruned;
        var told = decision with { Notes = [.. decision.Notes, .. recovery?.Notes ?? []] };
        var before = data?.Evaluate(run, analysis.Source, "Measuring the original");
        var after = data?.Evaluate(run, result, "Measuring the result");
        limits.CheckAccuracy(before, after);
        var latency = HasLatencyBudget || limits.HasSpeed || run.Value(TimingOptions.Bench) ? Compare(result) : null;
        limits.CheckSpeed(latency);
        using var files = new OutputFiles();
        long bytes = run.Step("Writing", () => files.Save(result, output));
        limits.CheckBytes(FileSize.Of(analysis.Source), bytes);
        if (planPath is not null) files.Save(PlanFile.ToJson(told.ToPlan()), planPath);
        if (run.Value(ReportOptions.Dependencies) is { } dependencies) files.Save(FilesRead.Lines(run, analysis.Source, domain?.Data), dependencies);
        var report = PruneReport.Of(run.Command, told, Curves) with
        {
            Output = output,
            Plan = planPath ?? PlanArgument(),
            Before = Measures.Of(decision.Totals.Before, FileSize.Of(analysis.Source), before),
            After = Measures.Of(CostOf(result, pruned), bytes, after),
            Verification = verification,
            Recovery = RecoveryReport.Of(recovery),
            Calibration = CalibrationInput.Describe(domain),
            Latency = latency,
        };
        ReportOutput.Write(run, report, ReportJson.Default.PruneReport, files, () => PruneTable.Print(run.Terminal, report));
    }

    // A plan for a latency budget is measured once more on what is written: of several measurements one is the best by chance.
    private bool HasLatencyBudget => run.Command != "apply" && run.Selection.Budget.Kind == BudgetKind.Latency;

    private LatencyComparison Compare(OnnxModel result)
    {
        var options = TimingOptions.Of(run) with { Dimensions = decision.Options.Dimensions };
        var latency = run.Step(
            "Measuring latency", () => LatencyComparison.Run(analysis.Source, result, options, Provider.Of(run), run.Cancellation));
        if (HasLatencyBudget) LatencySelection.CheckResult(latency.Ratio!);
        return latency;
    }

    private RecoveryResult Recover(OnnxModel pruned, string recover)
    {
        var options = new ReconstructionOptions { Seed = decision.Options.Seed };
        return run.Step("Recovering", progress => AccuracyRecovery.Run(
            domain!,
            pruned,
            decision.Cut,
            CalibrationOptions.Methods(recover),
            options,
            Provider.Of(run),
            CalibrationOptions.CacheOf(run),
            progress,
            run.Cancellation));
    }

    // Biases that recovery added count, too.
    private PlanCost CostOf(OnnxModel result, OnnxModel pruned)
    {
        if (ReferenceEquals(result, pruned)) return decision.Totals.After;
        var cost = ModelAnalysis.Run(result, decision.Options.Dimensions).Cost.Total(_ => null);
        return decision.Totals.After with { Parameters = (long)cost.Parameters, Bytes = (long)Math.Ceiling(cost.Bytes) };
    }

    private string? PlanArgument() => run.Command == "apply" ? run.Value(ApplyCommand.Plan) : null;

    // The weights of the source may lie in a file of any name, the new one's name included.
    private void RefuseToOverwriteWeights() => OutputPaths.Check(analysis.Source.Files, output, output + ".data");

    private VerificationResult Verify(OnnxModel pruned)
    {
        var report = run.Step("Verifying", () => Verifier.Verify(pruned, decision.Cut, Provider.Of(run), run.Cancellation));
        var result = VerificationResult.Of(report);
        return report.Verdict switch
        {
            Verdict.Verified => result,
            Verdict.NotVerified => throw new OnnxPruneException(
                ErrorCodes.NotVerified, $"not verified: {report.Reason}; nothing was written, --no-verify writes it all the same"),
            _ => throw new OnnxPruneException(
                ErrorCodes.VerificationFailed,
                $"verification failed: {report.Reason}; {Figures.Of(result)}; nothing was written, please report this with the model"),
        };
    }
}
