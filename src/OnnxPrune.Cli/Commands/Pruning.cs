using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Evaluation;

namespace OnnxPrune.Cli.Commands;

/// <summary>
/// The part that <c>prune</c> and <c>apply</c> share: the pipeline and its files. Every stage that can fail on the model runs before the first
/// file is written, and all files get their names together at the end.
/// </summary>
internal sealed class Pruning(Invocation run, OnnxModel model, PruningOptions options)
{
    private readonly Limits limits = new(run);
    private readonly string output = run.Value(CommonOptions.Output)!;

    /// <summary>Prunes, and writes the model, the plan where <paramref name="planPath"/> asks for it, and the reports.</summary>
    public void Run(string? planPath)
    {
        var pipeline = new PruningPipeline(model, options, limits, new TerminalStages(run), run.Cancellation);
        var analysis = pipeline.Analyse();
        run.Terminal.Warn(analysis);
        var decision = pipeline.Decide(analysis);
        // The external data of the source may have any file name, including that of the new file.
        OutputPaths.Check(analysis.Source.Files, output, output + ".data");
        var result = pipeline.CarryOut(decision);
        Write(result, planPath);
        if (result.OutputChange is { IsLarge: true } change) run.Terminal.Warn(change.Warning with { File = model.Path });
    }

    private void Write(PruningResult result, string? planPath)
    {
        var source = result.Cut.Analysis.Source;
        using var files = new OutputFiles();
        long bytes = run.Step("Writing", () => files.Save(result.Model, output));
        limits.CheckBytes(FileSize.Of(source), bytes);
        if (planPath is not null) files.Save(PlanFile.ToJson(result.ToPlan()), planPath);
        if (run.Value(ReportOptions.Dependencies) is { } dependencies)
            files.Save(FilesRead.Lines(run, source, result.Domain?.Data), dependencies);
        var report = Report(result, planPath, bytes);
        ReportOutput.Write(run, report, ReportJson.Default.PruneReport, files, () => PruneTable.Print(run.Terminal, report));
    }

    private PruneReport Report(PruningResult result, string? planPath, long bytes) =>
        PruneReport.Of(run.Command, result.Decision, result.Curves) with
        {
            Output = output,
            Plan = planPath ?? (run.Command == "apply" ? run.Value(PlanOption.Plan) : null),
            Before = Measures.Of(result.Totals.Before, FileSize.Of(result.Cut.Analysis.Source), result.AccuracyBefore),
            After = Measures.Of(result.Totals.After, bytes, result.AccuracyAfter),
            Verification = result.Verification is { } verified ? VerificationResult.Of(verified) : null,
            Recovery = RecoveryReport.Of(result.Recovery),
            OutputChange = result.OutputChange,
            Notes = result.Notes,
            Calibration = CalibrationInput.Describe(result.Domain),
            Latency = result.Latency,
        };
}
