using System.CommandLine;
using OnnxPrune.Allocation;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Data;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune plan</c>: chooses what to remove and writes a plan.</summary>
internal static class PlanCommand
{
    private static readonly Option<string?> Masks = new("--from-masks")
    {
        HelpName = "MASKS.npz",
        Description = "Remove channels by masks from another program instead of a budget. The key 'tensor[axis]' holds one number per index, "
            + "the key 'tensor' one per element; 0 means remove.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "plan",
            "Chooses which channels to remove and writes a plan that can be read, edited and applied.",
            new("onnxprune plan net.onnx -o plan.json --budget macs=50%", "writes a plan without pruning the model"),
            new(
                "onnxprune plan net.onnx -o plan.json --budget macs=50% --scope dp --calibration images.npy",
                "minimises the total loss measured on samples"),
            new("onnxprune plan net.onnx -o plan.json --from-masks masks.npz", "makes a plan from the masks of another program"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            CommonOptions.Output,
        };
        SelectionOptions.AddTo(command);
        SelectionOptions.RequireBudget(command, Masks);
        command.Options.Add(Masks);
        command.Options.Add(RuntimeOptions.Provider);
        command.Options.Add(RuntimeOptions.CustomOps);
        TimingOptions.AddTo(command);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var options = PruningInput.Of(run);
        string output = run.Value(CommonOptions.Output)!;
        OutputPaths.Check(
            [run.Value(CommonOptions.Model), run.Value(CalibrationOptions.Calibration), run.Value(SelectionOptions.Sensitivity), run.Value(Masks)],
            [output, .. ReportOptions.Files(run), run.Value(CalibrationOptions.SearchState)]);
        var model = ModelInput.Load(run);
        ModelInput.CheckNames(model, options.Dimensions);
        var pipeline = new PruningPipeline(model, options, new Limits(run), new TerminalStages(run), run.Cancellation);
        var analysis = pipeline.Analyse();
        OutputPaths.Check(model.Files, output);
        run.Terminal.Warn(analysis);
        var decision = run.Value(Masks) is { } masks ? Masked(run, analysis, options, masks) : pipeline.Decide(analysis);
        using var files = new OutputFiles();
        files.Save(PlanFile.ToJson(decision.ToPlan()), output);
        var report = PruneReport.Of(run.Command, decision, pipeline.Curves) with { Plan = output };
        ReportOutput.Write(run, report, ReportJson.Default.PruneReport, files, () => PruneTable.Print(run.Terminal, report));
    }

    // Another program chose the channels. Samples serve the recovery, where the options ask for it.
    private static PruningDecision Masked(Invocation run, ModelAnalysis analysis, PruningOptions options, string path)
    {
        var groups = analysis.Groups.Where(g => g.IsExact || options.AllowApproximate).ToList();
        var masks = run.Step("Planning", () => MaskFile.Load(path, analysis, groups));
        var domain = options.Calibration is null && options.Recover is null
            ? null
            : new CalibrationInput(options, new TerminalStages(run), run.Cancellation).ForSelection(analysis).Domain;
        var decision = PruningDecision.Of(masks.Cut, options.Selection(CalibrationInput.Describe(domain)));
        return decision with
        {
            Options = decision.Options with { Criterion = $"masks:{path}", Budget = Remaining(decision.Totals).ToString() },
            Notes = masks.Notes,
        };
    }

    private static Budget Remaining(PlanTotals totals) => new(BudgetKind.Channels, (double)totals.After.Channels / totals.Before.Channels);
}
