using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune bench</c>: the latency of a model, or of two side by side.</summary>
internal static class BenchCommand
{
    private static readonly Option<IReadOnlyList<int>?> Batches = TypedOption.Of<IReadOnlyList<int>?>(
        "--batch", "N,...", "Sizes of batches to measure at, such as 1,8 (default: the nominal size).", text =>
            [.. text.Split(',').Select(OptionValues.Positive)]);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "bench",
            "Measures the latency of a model, or of two side by side, run in turn in one process.",
            new("onnxprune bench net.onnx", "measures one model"),
            new("onnxprune bench net.onnx small.onnx --batch 1,8", "compares two, at two sizes of batches"),
            new("onnxprune bench net.onnx small.onnx --provider cuda --seconds 20 --json", "compares them on a GPU, for longer, for programs"))
        {
            CommonOptions.Model,
            CommonOptions.Other,
            Batches,
            CommonOptions.Dimensions,
            RuntimeOptions.Provider,
            RuntimeOptions.CustomOps,
        };
        TimingOptions.AddTo(command);
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        string path = run.Value(CommonOptions.Model);
        string? otherPath = run.Value(CommonOptions.Other);
        OutputPaths.Check([path, otherPath], [.. ReportOptions.Files(run)]);
        var model = ModelInput.Load(run);
        var other = otherPath is null ? null : run.Step("Loading", () => ModelFile.Load(otherPath));
        var options = TimingOptions.Of(run);
        ModelInput.CheckNames(model, options.Dimensions);
        var results = (run.Value(Batches) ?? [])
            .Select(batch => (int?)batch)
            .DefaultIfEmpty(null)
            .Select(batch => Measure(run, model, other, options with { Batch = batch }))
            .ToList();
        using var files = new OutputFiles();
        var report = new BenchReport(run.Command, path, otherPath, results);
        ReportOutput.Write(run, report, ReportJson.Default.BenchReport, files, () => report.Print(run.Terminal));
    }

    private static LatencyComparison Measure(Invocation run, OnnxModel model, OnnxModel? other, LatencyOptions options) =>
        run.Step("Measuring latency", () => other is null
        ? LatencyComparison.Run(model, options, Provider.Of(run), run.Cancellation)
        : LatencyComparison.Run(model, other, options, Provider.Of(run), run.Cancellation));
}
