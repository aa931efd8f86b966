using System.Diagnostics;

namespace OnnxPrune.Cli.Tests.Torch;

/// <summary>The Python of the system, where it has PyTorch.</summary>
internal static class Python
{
    private static readonly string[] Programs = ["/usr/bin/python3", "python3", "python"];

    private static readonly string? Program = Programs.FirstOrDefault(HasTorch);

    /// <summary>Why Python cannot be used; null where it can.</summary>
    public static string? Missing => Program is null ? "needs Python with torch (Debian: python3-torch)" : null;

    /// <summary>Runs a script, which must succeed, and returns what it prints.</summary>
    public static string Run(params string[] arguments)
    {
        using var process = Start(Program!, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return output.Result;
    }

    private static bool HasTorch(string program)
    {
        try
        {
            using var process = Start(program, "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)");
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
