using System.CommandLine;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune plan</c>: decides what to remove, and writes that down.</summary>
internal static class PlanCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("plan", "Decides which channels to remove and writes the plan, to be read, changed and applied.")
        {
            CommonOptions.Model,
            CommonOptions.Output,
        };
        SelectionOptions.AddTo(command);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var options = run.Selection;
        string output = run.Value(CommonOptions.Output)!;
        OutputPaths.Check([run.Value(CommonOptions.Model)], output, run.Value(ReportOptions.Report));
        var model = ModelInput.Load(run);
        var analysis = ModelInput.Analyse(run, model, options.Dimensions);
        OutputPaths.Check(model.Files, output);
        Terminal.Warn(analysis);
        var plan = run.Step("Planning", () => Planner.Plan(analysis, options));
        using var files = new WrittenFiles();
        files.Save(plan, output);
        var report = PruneReport.Of(run.Command, analysis, plan) with { Plan = output };
        ReportOutput.Write(run, report, ReportJson.Default.PruneReport, files, () => PruneTable.Print(run.Terminal, report));
        files.Keep();
    }
}
