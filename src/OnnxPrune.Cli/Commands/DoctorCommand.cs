using System.CommandLine;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Cli.Reports;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune doctor</c>: what this installation is, where it can run models, and what is missing elsewhere.</summary>
internal static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "doctor",
            "Says where this installation can run models, and what is missing elsewhere.",
            new("onnxprune doctor", "tries the processor, CUDA and TensorRT"),
            new("onnxprune doctor --json", "says the same to a program"));
        ReportOptions.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        var report = run.Step("Trying", () => DoctorReport.Of(run.Command));
        using var files = new OutputFiles();
        ReportOutput.Write(run, report, ReportJson.Default.DoctorReport, files, () => DoctorTable.Print(run.Terminal, report));
        if (report.Providers.Single(p => p.Name == "cpu").Problem is { } problem)
            throw new OnnxPruneException(ErrorCodes.ProviderUnavailable, $"models cannot run on the processor: {problem}");
    }
}
