using System.Diagnostics;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

/// <summary>An interrupted run ends soon, says so, and leaves no file; one that was interrupted too late is complete.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Message = "onnxprune : interrupted; nothing was written";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_run_ends_at_the_next_step_and_leaves_no_file(string signal)
    {
        if (OperatingSystem.IsWindows()) return;
        string pipe = folder.File("plan.pipe");
        await Run("mkfifo", pipe);
        using var process = Tool.Start(RepositoryRoot.Path, "apply", TestModels.LeNet, "--plan", pipe, "-o", folder.File("out.onnx"));

        // Opening the pipe waits for the command to read its plan; the command then waits for the text.
        using (var plan = new StreamWriter(pipe))
        {
            await Run("kill", $"-{signal}", $"{process.Id}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            await plan.WriteAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "golden/plan-lenet.verified.txt")));
        }

        Assert.Equal(Message + "\n", await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([pipe], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("Loading", 1)]
    [InlineData("Analysing", 2)]
    [InlineData("Calibrating", 4)]
    [InlineData("Planning", 6)]
    [InlineData("Rewriting", 7)]
    [InlineData("Verifying", 8)]
    [InlineData("Recovering", 10)]
    [InlineData("Writing", 11)]
    public Task An_interruption_some_time_after_a_stage_leaves_all_files_or_none(string stage, int seed) => Interrupt(stage, seed, samples: 32);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("Analysing", 3)]
    [InlineData("Calibrating", 5)]
    [InlineData("Rewriting", 12)]
    [InlineData("Verifying", 9)]
    [InlineData("Writing", 13)]
    public Task An_interruption_at_another_time_leaves_all_files_or_none(string stage, int seed) => Interrupt(stage, seed, samples: 128);

    private async Task Interrupt(string stage, int seed, int samples)
    {
        if (OperatingSystem.IsWindows()) return;
        string[] outputs = [folder.File("out.onnx"), folder.File("plan.json"), folder.File("report.json")];
        string[] written = ["-o", outputs[0], "--plan", outputs[1], "--report", outputs[2], "--cache", folder.File("cache")];
        string[] options = ["--budget", "macs=50%", "--calibration", "synthetic", "--samples", $"{samples}", "--verbosity", "detailed"];
        using var process = Tool.Start(RepositoryRoot.Path, ["prune", TestModels.LeNet, .. written, .. options]);

        string told = "";
        while (!told.StartsWith(stage, StringComparison.Ordinal))
            told = await process.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("the run ended before");
        await Task.Delay(new Random(seed).Next(stage is "Recovering" or "Writing" ? 5 : 150));
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync();
        string rest = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        var left = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ToList();
        Assert.DoesNotContain(left, path => path.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.True(process.ExitCode is 130 or 0, $"exit code {process.ExitCode}");
        Assert.Equal(process.ExitCode == 130, rest.EndsWith(Message + "\n", StringComparison.Ordinal));
        Assert.Equal(process.ExitCode == 130 ? [] : outputs, outputs.Where(left.Contains));
    }

    private static async Task Run(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
