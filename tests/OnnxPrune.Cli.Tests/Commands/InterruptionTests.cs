using System.Diagnostics;
using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Commands;

public sealed class InterruptionTests : IDisposable
{
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
        using var process = Tool.Start(RepositoryRoot.Path, "apply", TestModels.LeNet, pipe, "-o", folder.File("out.onnx"));

        // Opening the pipe waits for the command to read its plan; the command then waits for the text.
        using (var plan = new StreamWriter(pipe))
        {
            await Run("kill", $"-{signal}", $"{process.Id}");
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            await plan.WriteAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "golden/plan-lenet.verified.txt")));
        }

        Assert.Equal("onnxprune : interrupted; nothing was written\n", await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.Equal([pipe], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static async Task Run(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
