using System.CommandLine;
using OnnxPrune.Cli.Options;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune prune</c>: from a model to a smaller, verified one.</summary>
internal static class PruneCommand
{
    private static readonly Option<string?> Plan = new("--plan") { HelpName = "FILE", Description = "Also save the plan to this file." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("prune", "Removes channels until a budget is met, verifies the result, and writes it.")
        {
            CommonOptions.Model,
            CommonOptions.Output,
        };
        SelectionOptions.AddTo(command);
        SelectionOptions.RequireBudget(command);
        command.Options.Add(Plan);
        RuntimeOptions.AddTo(command);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var options = run.Selection;
        OutputPaths.Check(
            [run.Value(CommonOptions.Model), run.Value(RuntimeOptions.Data), run.Value(RuntimeOptions.Labels), run.Value(CalibrationOptions.Calibration)],
            [run.Value(CommonOptions.Output), run.Value(Plan), .. ReportOptions.Files(run), run.Value(CalibrationOptions.SearchState)]);
        var model = ModelInput.Load(run);
        var data = LabelledData.Load(run);
        var analysis = ModelInput.Analyse(run, model, options.Dimensions);
        Terminal.Warn(analysis);
        var domain = CalibrationInput.For(run, analysis, options);
        var selecting = new Selecting(run, analysis, options with { Calibration = CalibrationInput.Describe(domain) }, domain);
        var plan = selecting.Plan();
        new Pruning(run, analysis, data, plan, domain) { Curves = selecting.Curves }.Run(otherWeights: false, run.Value(Plan), options.Recover);
    }
}
