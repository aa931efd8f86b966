using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Model;
using OnnxPrune.Runtime;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune eval</c>: measures the accuracy of a classifier on labelled data.</summary>
internal static class EvalCommand
{
    private static readonly Option<string> Data = new("--data") { HelpName = "X.npy", Description = "The samples, .npy or .npz.", Required = true };
    private static readonly Option<string> Labels = new("--labels")
    {
        HelpName = "Y.npy",
        Description = "Labels of --data: one class number per sample.",
        Required = true,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "eval",
            "Measures the accuracy of a classifier on labelled data.",
            new("onnxprune eval net.onnx --data test-x.npy --labels test-y.npy", "prints top-1 and top-5 accuracy"),
            new("onnxprune eval net.onnx --data test-x.npy --labels test-y.npy --provider cuda", "measures accuracy on a GPU"))
        {
            CommonOptions.Model,
            Data,
            Labels,
            RuntimeOptions.Provider,
            RuntimeOptions.CustomOps,
        };
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        string path = run.Value(CommonOptions.Model), samples = run.Value(Data)!, labels = run.Value(Labels)!;
        OutputPaths.Check([path, samples, labels], [.. ReportOptions.Files(run)]);
        var model = ModelInput.Load(run);
        var data = run.Step("Loading the data", () => LabelledSamples.Load(samples, labels));
        var accuracy = run.Step("Measuring", () => data.Evaluate(model, Provider.Of(run), run.Cancellation));
        using var files = new OutputFiles();
        var report = new EvalReport(run.Command, path, samples, labels, Provider.Of(run).ToString(), accuracy);
        ReportOutput.Write(run, report, ReportJson.Default.EvalReport, files, () => report.Print(run.Terminal));
    }
}
