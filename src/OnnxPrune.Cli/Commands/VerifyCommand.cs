using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Recovery;
using OnnxPrune.Runtime.Verification;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune verify</c>: compares a pruned model with its original and its plan by execution.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> Pruned = new("OUT") { Description = "The pruned model." };
    private static readonly Option<bool> Recovered = new("--recovered")
    {
        Description = "The weights were recovered or trained after pruning, although the plan does not say so: check the structure and the plan.",
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Compare one choice of the symbolic dimensions, with random weights only if the model's own weights could not show an error.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "verify",
            "Checks by execution that a pruned model computes what the original computes with the removed channels zeroed.",
            new("onnxprune verify net.onnx small.onnx --plan plan.json", "verifies a pruned model"),
            new("onnxprune verify net.onnx small.onnx --plan plan.json --provider cuda --json", "verifies it on a GPU and prints JSON"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            Pruned,
            PlanOption.Plan,
            CommonOptions.OtherWeights,
            Recovered,
            Quick,
            RuntimeOptions.Provider,
            RuntimeOptions.CustomOps,
        };
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        string model = run.Value(CommonOptions.Model), output = run.Value(Pruned), planPath = run.Value(PlanOption.Plan)!;
        OutputPaths.Check([model, output, planPath], [.. ReportOptions.Files(run)]);
        var plan = PlanFile.Load(planPath);
        var analysis = ModelInput.AnalyseFor(run, ModelInput.Load(run), plan);
        var cut = PruningDecision.Of(analysis, plan, run.Value(CommonOptions.OtherWeights)).Cut;
        var pruned = run.Step("Loading the result", () => ModelFile.Load(output));
        bool recovered = plan.Options.Recover != "none" || run.Value(Recovered);
        var effort = run.Value(Quick) ? VerificationEffort.Quick : VerificationEffort.Full;
        var outcome = run.Step("Verifying", progress => Concerning(output, () => Verifier.Verify(
            recovered ? Unrecovered(cut, pruned) : pruned, cut, Provider.Of(run), effort, progress, run.Cancellation)));
        var report = new VerifyReport(run.Command, model, output, planPath, VerificationResult.Of(outcome));
        using var files = new OutputFiles();
        string verdict = $"{output}: {Figures.Verdict(report.Verification)}";
        ReportOutput.Write(run, report, ReportJson.Default.VerifyReport, files, () =>
        {
            run.Terminal.Line(verdict);
            run.Terminal.Detail(Figures.Details(report.Verification));
        });
        bool onlyWeightsDiffer = !recovered
            && outcome.Verdict == Verdict.Failed
            && RecoveredStructure.Difference(Rewriter.Prune(cut), pruned, cut.Analysis.Operators) is null;
        Conclude(
            outcome,
            output,
            onlyWeightsDiffer ? "prune the model again, or add --recovered if its weights were recovered or trained" : "prune the model again");
    }

    // Recovery changes weights but not the structure, which the plan determines.
    private static OnnxModel Unrecovered(Cut cut, OnnxModel recovered)
    {
        var pruned = Rewriter.Prune(cut);
        if (RecoveredStructure.Difference(pruned, recovered, cut.Analysis.Operators) is not { } difference) return pruned;
        throw new OnnxPruneException(ErrorCodes.VerificationFailed, $"verification failed: {difference}; prune the model again");
    }

    private static VerificationReport Concerning(string output, Func<VerificationReport> verify)
    {
        try
        {
            return verify();
        }
        catch (OnnxPruneException e) when (e.Code == ErrorCodes.VerificationFailed)
        {
            throw e.Concerning(output);
        }
    }

    private static void Conclude(VerificationReport outcome, string output, string cure)
    {
        if (outcome.Verdict == Verdict.Failed)
            throw new OnnxPruneException(ErrorCodes.VerificationFailed, $"verification failed: {outcome.Reason}; {cure}", output);
        if (outcome.Verdict == Verdict.NotVerified)
            throw new OnnxPruneException(ErrorCodes.NotVerified, $"not verified: {outcome.Reason}", output);
    }
}
