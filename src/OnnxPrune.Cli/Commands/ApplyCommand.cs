using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune apply</c>: carries out a plan, byte for byte what <c>prune</c> wrote.</summary>
internal static class ApplyCommand
{
    /// <summary>The plan to carry out.</summary>
    public static readonly Argument<string> Plan = new("PLAN") { Description = "The plan, from 'onnxprune plan' or 'prune --plan'." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "apply",
            "Carries out a plan, verifies the result, and writes it.",
            new("onnxprune apply net.onnx plan.json -o small.onnx", "carries out a plan, and verifies the result"),
            new("onnxprune apply retrained.onnx plan.json -o small.onnx --other-weights", "applies it to other weights of the same structure"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            Plan,
            CommonOptions.Output,
            CommonOptions.OtherWeights,
        };
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
                run.Value(CommonOptions.Model), run.Value(Plan), run.Value(RuntimeOptions.Data), run.Value(RuntimeOptions.Labels),
                run.Value(CalibrationOptions.Calibration),
            ],
            [run.Value(CommonOptions.Output), run.Value(ReportOptions.Dependencies), .. ReportOptions.Files(run)]);
        var plan = PlanFile.Load(run.Value(Plan));
        var model = ModelInput.Load(run);
        var options = PruningInput.WithData(run, PruningInput.Of(run, plan));
        new Pruning(run, model, options).Run(planPath: null);
    }
}
