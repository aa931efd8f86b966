using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune apply</c>: applies a plan and writes the same bytes as <c>prune</c>.</summary>
internal static class ApplyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "apply",
            "Applies a plan to a model, verifies the result and writes it.",
            new("onnxprune apply net.onnx --plan plan.json -o small.onnx", "applies a plan and verifies the result"),
            new("onnxprune apply retrained.onnx --plan plan.json -o small.onnx --other-weights", "applies the plan to a model with other weights"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            CommonOptions.Output,
            CommonOptions.OtherWeights,
        };
        PlanOption.AddTo(command);
        CalibrationOptions.AddTo(command);
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
        OutputPaths.Check(
            [
                run.Value(CommonOptions.Model), run.Value(PlanOption.Plan), run.Value(RuntimeOptions.Data), run.Value(RuntimeOptions.Labels),
                run.Value(CalibrationOptions.Calibration),
            ],
            [run.Value(CommonOptions.Output), run.Value(ReportOptions.Dependencies), .. ReportOptions.Files(run)]);
        var plan = PlanFile.Load(run.Value(PlanOption.Plan)!);
        var model = ModelInput.Load(run);
        var options = PruningInput.WithData(run, PruningInput.Of(run, plan));
        new Pruning(run, model, options).Run(planPath: null);
    }
}
