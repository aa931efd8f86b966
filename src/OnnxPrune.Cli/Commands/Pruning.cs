using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Evaluation;

namespace OnnxPrune.Cli.Commands;

/// <summary>
/// What <c>prune</c> and <c>apply</c> share: the pipeline, and the files that come of it. Everything that can fail on the model comes before
/// the first file is written, and files take their names when all of them are written.
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
        // The weights of the source may lie in a file of any name, the new one's name included.
        OutputPaths.Check(analysis.Source.Files, output, output + ".data");
        Write(pipeline.CarryOut(decision), planPath);
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
            Plan = planPath ?? (run.Command == "apply" ? run.Value(ApplyCommand.Plan) : null),
            Before = Measures.Of(result.Totals.Before, FileSize.Of(result.Cut.Analysis.Source), result.AccuracyBefore),
            After = Measures.Of(result.Totals.After, bytes, result.AccuracyAfter),
            Verification = result.Verification is { } verified ? VerificationResult.Of(verified) : null,
            Recovery = RecoveryReport.Of(result.Recovery),
            Calibration = CalibrationInput.Describe(result.Domain),
            Latency = result.Latency,
        };
}
