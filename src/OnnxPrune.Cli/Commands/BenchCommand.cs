using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune bench</c>: measures the latency of one or two models.</summary>
internal static class BenchCommand
{
    private static readonly Option<IReadOnlyList<int>?> Batches = TypedOption.Of<IReadOnlyList<int>?>(
        "--batch", "N,...", "Batch sizes to measure, such as 1,8 (default: the nominal size).", text =>
            [.. text.Split(',').Select(OptionValues.Positive)]);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "bench",
            "Measures the latency of one model, or compares two by running them alternately in one process.",
            new("onnxprune bench net.onnx", "measures one model"),
            new("onnxprune bench net.onnx small.onnx --batch 1,8", "compares two models at batch sizes 1 and 8"),
            new("onnxprune bench net.onnx small.onnx --provider cuda --seconds 20 --json", "compares them on a GPU for 20 seconds and prints JSON"))
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
