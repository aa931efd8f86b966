using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune prune</c>: prunes a model and verifies the result.</summary>
internal static class PruneCommand
{
    private static readonly Option<string?> Plan = new("--plan") { HelpName = "FILE", Description = "Also write the plan to this file." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "prune",
            "Removes channels until the budget is met, verifies the result and writes it.",
            new("onnxprune prune net.onnx -o small.onnx --budget macs=50%",
                "halves the MACs; synthetic samples choose the channels and recover accuracy"),
            new("onnxprune prune net.onnx -o small.onnx --budget macs=50% --calibration images.npy",
                "uses unlabelled samples to choose channels and recover accuracy"),
            new("onnxprune prune net.onnx -o small.onnx --budget latency=50%",
                "halves the measured latency without data"),
            new("onnxprune prune net.onnx -o small.onnx --budget macs=60% --exclude 'head*' --plan plan.json --report report.json",
                "does not prune the head; also writes the plan and a report"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            CommonOptions.Output,
        };
        SelectionOptions.AddTo(command);
        SelectionOptions.RequireBudget(command);
        command.Options.Add(Plan);
        RuntimeOptions.AddTo(command);
        command.Options.Add(TimingOptions.Bench);
        TimingOptions.AddTo(command);
        LimitOptions.AddTo(command);
        command.Options.Add(ReportOptions.Dependencies);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var options = PruningInput.Of(run);
        OutputPaths.Check(
            [
                run.Value(CommonOptions.Model), run.Value(RuntimeOptions.Data), run.Value(RuntimeOptions.Labels),
                run.Value(CalibrationOptions.Calibration), run.Value(SelectionOptions.Sensitivity),
            ],
            [
                run.Value(CommonOptions.Output), run.Value(Plan), run.Value(CalibrationOptions.SearchState), run.Value(ReportOptions.Dependencies),
                .. ReportOptions.Files(run),
            ]);
        var model = ModelInput.Load(run);
        ModelInput.CheckNames(model, options.Dimensions);
        new Pruning(run, model, PruningInput.WithData(run, options)).Run(run.Value(Plan));
    }
}
