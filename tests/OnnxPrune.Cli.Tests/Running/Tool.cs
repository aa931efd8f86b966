using System.Diagnostics;
using System.Text.Json;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>
/// The command: in this process where a test is about what the command does, which takes no time to start; in a process of its own, as a
/// user starts it, where exit codes, streams, signals or the working folder matter.
/// </summary>
internal static class Tool
{
    /// <summary>The host that runs it.</summary>
    public static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs the command in the repository's folder, in this process.</summary>
    public static ToolResult Run(params string[] args) => InProcess.Run(args);

    /// <summary>Runs the command in the repository's folder, in a process of its own.</summary>
    public static ToolResult RunProcess(params string[] args) => RunIn(RepositoryRoot.Path, args);

    /// <summary>Runs the command in a folder, in a process of its own.</summary>
    public static ToolResult RunIn(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        var output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, error);
    }

    /// <summary>Starts the command in a folder.</summary>
    public static Process Start(string folder, params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "OnnxPrune.Cli.dll");
        return Process.Start(new ProcessStartInfo(Dotnet, [program, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}

/// <summary>What a run left.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output, which must be one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>This result, which must be a success without a word on standard error but that the outputs changed much.</summary>
    public ToolResult Succeeded()
    {
        Assert.DoesNotContain(Error.Split('\n'), line => line.Length > 0 && !line.Contains(" : warning OP3008: ", StringComparison.Ordinal));
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>Checks that the run failed with one line that has this code.</summary>
    public void FailedWith(string code, int exitCode = 1)
    {
        Assert.Contains($" : error {code}: ", Assert.Single(Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal(exitCode, ExitCode);
    }
}
